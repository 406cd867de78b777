"""Why there is no file, in words."""

from pathlib import Path

from uncramp.core.text.safe_text import shown
from uncramp.export.draft import CannotExport, ExportFault


def export_words(problem: CannotExport, target: Path) -> str:
    """What went wrong with the file `target`, and what to do instead."""
    name, detail = shown(str(target)), shown(problem.detail)
    match problem.why:
        case ExportFault.ENDING:
            return f'"{name}" has no ending that can be written. Use one of: {detail}.'
        case ExportFault.NO_ENCODER:
            return (
                f"Writing {detail} needs ffmpeg, which is not on this machine. Install it, or "
                "PyAV (pip install 'uncramp[audio]'), or use -o with a name that ends in .wav."
            )
        case ExportFault.TOO_LONG:
            return (
                f"It lasts {detail}, and a WAV file holds 12 hours at most. "
                "Use -o with a name that ends in .m4a, .mp3, .opus or .flac."
            )
        case ExportFault.THERE_ALREADY:
            return f"{name} is there already. Use another name with -o, or --force to replace it."
        case ExportFault.ENCODER:
            return f"The encoder could not write {name}: {detail or 'it did not say why'}."
        case ExportFault.NO_PDF:
            return (
                "Writing a PDF needs reportlab. Install it with: pip install 'uncramp[pdf]', "
                "or use -o with a name that ends in .svg."
            )
        case ExportFault.NO_FONT:
            return (
                f"No font here prints these letters in a PDF: {detail} "
                "Use -o with a name that ends in .svg."
            )
        case ExportFault.TOO_MANY_PAGES:
            return "The card would take more than 100 pages. Use --to text instead."
        case ExportFault.DISK:
            return f"{name} could not be written: {detail}."
