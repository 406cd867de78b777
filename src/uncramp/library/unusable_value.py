"""What is told of something about a new routine that cannot be used."""


class UnusableValue(ValueError):
    """Something about a new routine that cannot be used; its text says why, and what to do."""

    def __init__(self, why: str, option: str = "") -> None:
        """Say why, in sentences. `option` is how to put it right on the command line."""
        super().__init__(f"{why} {option}".rstrip())
        self.why = why
        """Without the option, for somebody who is asked and can type another answer."""
