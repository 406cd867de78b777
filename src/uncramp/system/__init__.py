"""The machine: files, locks, clocks, the editor, the wake lock."""
