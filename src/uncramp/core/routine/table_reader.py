"""How a table of a routine's file is read, key by key, as the table of keys says."""

from dataclasses import replace
from typing import Any

from uncramp.core.routine.field_reader import WRONG, read_value
from uncramp.core.routine.keys import BY_OWNER, Owner
from uncramp.core.routine.model import Cues, Prompt, PromptWhen
from uncramp.core.toml.document import Page
from uncramp.core.toml.positions import Path

_CUE_FIELDS = {"halfway_from": "halfway_from_ms"}
"""Keys of `[cues]` that the model calls otherwise."""


def fields_of(page: Page, table: dict[str, Any], owner: Owner, path: Path) -> dict[str, Any]:
    """What each key written in `table` means; unknown and wrong ones are told and left out."""
    known = BY_OWNER[owner]
    found = {}
    for name, written in table.items():
        key = known.get(name)
        if key is None:
            page.refuse_key(name, owner, (*path, name))
            continue
        value = read_value(page, key, written, (*path, name))
        if value is not WRONG:
            found[name] = value
    return found


def read_cues(page: Page, table: dict[str, Any], path: Path, around: Cues) -> Cues:
    """The sounds that a `cues` table gives, what it does not say taken from `around`."""
    found = fields_of(page, table, Owner.CUES, path)
    return replace(around, **{_CUE_FIELDS.get(name, name): v for name, v in found.items()})


def read_prompts(page: Page, tables: list[Any], path: Path) -> tuple[Prompt, ...]:
    """The prompts of a step; those with a problem are left out."""
    prompts = (_prompt(page, table, (*path, at)) for at, table in enumerate(tables))
    return tuple(prompt for prompt in prompts if prompt)


def _prompt(page: Page, table: Any, path: Path) -> Prompt | None:
    if not isinstance(table, dict):
        page.error(path, "wrong-type", 'is not a prompt. Write { at = "1m", say = "…" }.')
        return None
    found = fields_of(page, table, Owner.PROMPT, path)
    if "at" in table and "every" in table:
        page.error(
            (*path, "every"),
            "key-conflict",
            'A prompt has either "at" or "every". Take one of them out.',
            at_key=True,
        )
    elif "at" not in table and "every" not in table:
        page.error(
            path, "missing-key", 'does not say when. Write at = "10m" or every = "5m".', "at"
        )
    if "at" in found:
        when, ms = found["at"]
    elif "every" in found:
        when, ms = PromptWhen.EVERY, found["every"]
    else:
        return None
    is_silent = "sound" in found and found["sound"] is None
    if is_silent and not {"say", "show"} & table.keys():
        page.warn(path, "does-nothing", "says, shows and sounds nothing.")
    return Prompt(when, ms, found.get("say"), found.get("show"), found.get("sound"), is_silent)
