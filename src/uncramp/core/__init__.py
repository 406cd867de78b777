"""What a routine is and how it runs: pure values and rules.

Nothing in this package uses a disk, a clock or a screen, makes a sound or starts a thread. Time is
an argument, in integer milliseconds.
"""
