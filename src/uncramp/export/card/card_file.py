"""A card as files: one PDF, or an SVG for each page."""

from contextlib import ExitStack
from pathlib import Path

from uncramp.export.card.card_content import CardContent
from uncramp.export.card.pages import Paper, TooManyPages, laid_out
from uncramp.export.card.pdf_pages import NoFont, NoPdf, pdf_pages
from uncramp.export.card.svg_page import svg_page
from uncramp.export.draft import CannotExport, ExportFault, check_free, drafted

CARD_FORMS = (".svg", ".pdf")
"""The endings of files that can be written."""


def write_card(
    target: Path, card: CardContent, paper: Paper, *, may_replace: bool = False
) -> tuple[Path, ...]:
    """Write the card in the format that the ending of `target` names. Returns its files.

    An SVG has one page: the second page of a card goes to `NAME-2.svg`, and so on.
    Raises CannotExport; then nothing is left behind.
    """
    ending = target.suffix.lower()
    if ending not in CARD_FORMS:
        raise CannotExport(ExportFault.ENDING, ", ".join(CARD_FORMS))
    try:
        pages = laid_out(card, paper)
        if ending == ".pdf":
            written = {target: pdf_pages(pages, card.title)}
        else:
            written = {
                _page_file(target, number): svg_page(page, card.title, card.language).encode()
                for number, page in enumerate(pages, start=1)
            }
    except TooManyPages:
        raise CannotExport(ExportFault.TOO_MANY_PAGES) from None
    except NoPdf:
        raise CannotExport(ExportFault.NO_PDF) from None
    except NoFont as problem:
        raise CannotExport(ExportFault.NO_FONT, problem.letters) from None
    for file in written:
        check_free(file, may_replace=may_replace)
    with ExitStack() as drafts:
        for file, data in written.items():
            draft = drafts.enter_context(drafted(file, ending, may_replace=may_replace))
            draft.write_bytes(data)
    return tuple(written)


def _page_file(target: Path, number: int) -> Path:
    return target if number == 1 else target.with_name(f"{target.stem}-{number}{target.suffix}")
