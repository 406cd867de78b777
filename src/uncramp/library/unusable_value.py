"""An answer that cannot be used."""


class UnusableValue(ValueError):
    """A value that cannot be used; the text says why, and what to do."""

    def __init__(self, why: str, option: str = "") -> None:
        """`why` is in sentences; `option` says what to do on the command line."""
        super().__init__(f"{why} {option}".rstrip())
        self.why = why
        """The text without the option, for somebody who can type another answer."""
