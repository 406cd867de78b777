"""The screens of the history: the entries, the month, and the questions about a cramp."""
