"""What a routine is and how it runs: pure values and rules.

Nothing in this package reads a disk, a clock or a screen, makes a sound or
starts a thread. Time comes in as an argument, in integer milliseconds.
"""
