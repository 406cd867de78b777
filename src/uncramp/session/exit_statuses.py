"""What the program returns after a run, in lines or on the full screen."""

FINISHED, ENDED_EARLY, FAILED, INTERRUPTED = 0, 1, 1, 130

STATUS_OF_SIGNAL = {"SIGINT": INTERRUPTED, "SIGTERM": 143, "SIGHUP": 129}
"""The exit status after a signal: 128 and the signal's number."""
