"""`uncramp export`: a routine as a file to take along."""

from pathlib import Path

from uncramp.cli.arguments import Arguments
from uncramp.cli.export_words import export_words
from uncramp.cli.routine_lookup import named_file
from uncramp.cli.routine_plan import routine_plan
from uncramp.core.plan.plan import Plan
from uncramp.core.suitability.assess import Answer
from uncramp.export.draft import CannotExport, ExportFault
from uncramp.export.text_file import write_text
from uncramp.plain.output import complain, write
from uncramp.settings import Settings

_DEFAULT_ENDINGS = {
    "audio": ".wav", "card": ".svg", "ics": ".ics", "json": ".json", "phone": ".html",
    "text": ".txt",
}  # fmt: skip
_KINDS = {ending: kind for kind, ending in _DEFAULT_ENDINGS.items()} | {".pdf": "card"}


def export(asked: Arguments) -> int:
    """Write a routine to a file. Returns the exit status."""
    if asked.output == "-":
        return complain("-o takes the name of a file. uncramp show writes to standard output.")
    may_be_any = not asked.to
    asked.to = _kind(asked)
    if asked.to == "ics" and asked.at is None:
        return complain("A calendar entry needs an hour: --at 21:30")
    if asked.to != "ics" and asked.at is not None:
        return complain("--at is the hour of a calendar entry. Write --to ics, or leave out --at.")
    found = routine_plan(asked)
    if found is None:
        return 2
    target = named_file(asked.output or f"{found.entry.id}{_DEFAULT_ENDINGS[asked.to]}")
    try:
        written = _written(target, found.answer, found.plan, found.settings, asked)
    except CannotExport as problem:
        words = export_words(problem, target)
        if problem.why is ExportFault.ENDING and may_be_any:
            words += f" Files of other kinds: {', '.join(sorted(_KINDS.keys() - {'.wav'}))}."
        return complain(words)
    write(f"Written: {file}" for file in written)
    return 0


def _kind(asked: Arguments) -> str:
    """What to write: as `--to` says, or as the name of the file or an hour implies."""
    if asked.to:
        return str(asked.to)
    implied = "audio" if asked.at is None else "ics"
    return _KINDS.get(Path(asked.output or "").suffix.lower(), implied)


def _written(
    target: Path, found: Answer, plan: Plan, settings: Settings, asked: Arguments
) -> tuple[Path, ...]:
    """Write what was asked for. Returns the files."""
    match asked.to:
        case "audio":
            _write_audio(target, plan, settings, asked)
        case "card":
            from uncramp.export.card.card_content import card_of
            from uncramp.export.card.card_file import write_card
            from uncramp.export.card.pages import Paper

            card = card_of(plan, found.differences)
            paper = Paper[asked.paper.upper()]
            return write_card(target, card, paper, may_replace=asked.force)
        case "ics":
            _write_calendar(target, plan, found, asked)
        case "phone":
            from uncramp.cli.phone_export import write_phone_page

            write_phone_page(target, found, plan, settings, asked)
        case "json":
            from uncramp.plain.json_objects import plan_object
            from uncramp.plain.json_text import json_line

            write_text(target, (json_line(plan_object(plan)),), may_replace=asked.force)
        case _:
            from uncramp.plain.show_lines import show_lines

            write_text(target, show_lines(plan, found), may_replace=asked.force)
    return (target,)


def _write_audio(target: Path, plan: Plan, settings: Settings, asked: Arguments) -> None:
    from uncramp.cli.rendering import ExportProgress, Rendering
    from uncramp.export.audio_file import check_target, write_audio
    from uncramp.export.mixdown import LEAD_MS, mixed

    rendering = Rendering(plan, settings, asked)
    try:
        described = rendering.described()
        # Report errors that are known from the start before making any speech.
        check_target(target, described.length_ms, may_replace=asked.force)
        with ExportProgress(described.length_ms + LEAD_MS) as progress:
            write_audio(
                target,
                described,
                mixed(rendering.items(), rendering.loader.clip),
                may_replace=asked.force,
                on_ms=progress,
            )
    finally:
        rendering.close()
    rendering.tell_problems()


def _write_calendar(target: Path, plan: Plan, found: Answer, asked: Arguments) -> None:
    from uncramp.cli.calendar_entry import write_calendar_entry

    write_calendar_entry(
        target, plan, found, minute=asked.at, days=asked.days, may_replace=asked.force
    )
