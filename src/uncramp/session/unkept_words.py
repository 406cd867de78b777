"""The words of both front ends about what did not get into the history."""

from uncramp.runs.unkept import NotLeft, NotWritten, ResumedElsewhere

RESUMED_ELSEWHERE = "This run has been resumed somewhere else in the meantime."
A_RUN = "This run"
WHAT_YOU_SAID = "What you said"
"""A person's answers about a cramp."""


def not_written_words(problem: NotWritten, what: str = A_RUN) -> str:
    """Why `what` is not in the history, as a sentence."""
    return f"{what} could not be added to the history, {problem.file}: {problem.reason}."


def not_left_words(problem: NotLeft) -> str:
    """Why a run that was cut off could not be left, as a sentence."""
    match problem:
        case ResumedElsewhere():
            return RESUMED_ELSEWHERE
        case NotWritten():
            return not_written_words(problem)
