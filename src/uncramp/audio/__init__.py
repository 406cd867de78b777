"""Sound: the speaker process, its backends, and the choice of one."""
