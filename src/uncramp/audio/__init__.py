"""Sound: the speaker process, its back ends, and the choice of one."""
