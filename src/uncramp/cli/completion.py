"""The script that completes the command line in a shell, made by shtab from the parsers."""

from argparse import Action, ArgumentParser
from collections.abc import Callable, Iterator
from typing import Any

from uncramp.cli.command_options import CTL_COMMANDS, ESCAPED_FOR

SHELLS = ("bash", "zsh", "fish")

_LIST = "uncramp completion --list"

Completer = str | dict[str, Any]
"""A completion for shtab: one of its words, or a function of each shell."""


def script(parser: ArgumentParser, shell: str) -> str:
    """The script for `shell`, one of `SHELLS`, from the parser of the whole command line."""
    import shtab

    completers, choices = _completers(), _choices()
    for where, action in _actions(parser, ""):
        name, whole_name = str(action.metavar), f"{where} {action.metavar}"
        completer = completers.get(whole_name, completers.get(name))
        found = choices.get(whole_name, choices.get(name))
        if found is not None:
            action.choices = found()
        elif completer is not None and action.dest != "new_id":
            action.complete = completer  # type: ignore[attr-defined]
    preambles = {"bash": "", "zsh": _ZSH, "fish": ""}
    ends = {"bash": _BASH, "zsh": "", "fish": _FISH}
    made: str = shtab.complete(parser, shell, preamble=preambles[shell])
    return made + ends[shell]


def _actions(parser: ArgumentParser, where: str) -> Iterator[tuple[str, Action]]:
    """Every argument, with the words of the command that it belongs to."""
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for name, inner in action.choices.items():
                yield from _actions(inner, f"{where} {name}".strip())
        else:
            yield where, action


def _completers() -> dict[str, Completer]:
    """How an argument is completed, by its name in the help."""
    functions = {
        name: {"bash": f"_uncramp_{name}", "zsh": f"_uncramp_{name}", "fish": f"(_uncramp_{name})"}
        for name in ("ids", "routines", "deleted", "steps", "times", "values")
    }
    return {
        "ID": functions["ids"],
        "ID|FILE": functions["routines"],
        "trash restore ID": functions["deleted"],
        "config set VALUE": functions["values"],
        "STEP": functions["steps"],
        "STEP=TIME": functions["times"],
        "FILE": "file",
    }


def _choices() -> dict[str, Callable[[], tuple[str, ...]]]:
    """The completions, by the argument's name, with its command if that matters."""
    return {
        "SHELL": lambda: SHELLS,
        "left|right": lambda: ("left", "right"),
        "SET": _sound_sets,
        "CONDITION[,...]": _conditions,
        "config get NAME": _settings,
        "config set NAME": _settings,
        "config unset NAME": _settings,
        "point NAME": _points,
        "advice NAME": _pages,
        "ctl COMMAND": lambda: CTL_COMMANDS,
        "BAR": lambda: ESCAPED_FOR,
    }


def _sound_sets() -> tuple[str, ...]:
    from uncramp.system.resources import SOUND_SETS

    return SOUND_SETS


def _conditions() -> tuple[str, ...]:
    from uncramp.core.routine.keys import KNOWN_CONDITIONS

    return KNOWN_CONDITIONS


def _settings() -> tuple[str, ...]:
    from uncramp.settings.spec import SETTINGS

    return tuple(setting.name for setting in SETTINGS)


def _points() -> tuple[str, ...]:
    from uncramp.atlas import load_atlas

    return tuple(point.label for point in load_atlas().points if " " not in point.label)


def _pages() -> tuple[str, ...]:
    from uncramp.advice import load_cards

    return tuple(card.id for card in load_cards())


_BASH = rf"""

_uncramp_listed() {{
  local typed="$1" line
  shift
  while IFS= read -r line; do
    [[ $line == "$typed"* ]] && printf '%s\n' "$line"
  done < <({_LIST} "$@" 2>/dev/null)
}}
_uncramp_ids() {{ _uncramp_listed "$1" ids; }}
_uncramp_routines() {{
  _uncramp_ids "$1"
  compgen -f -X '!*.toml' -- "$1"
  compgen -d -S / -- "$1"
}}
_uncramp_deleted() {{ _uncramp_listed "$1" deleted; }}
_uncramp_values() {{ _uncramp_listed "$1" values -- "${{COMP_WORDS[@]:1}}"; }}
_uncramp_steps() {{ _uncramp_listed "$1" steps -- "${{COMP_WORDS[@]:1}}"; }}
_uncramp_times() {{ _uncramp_listed "$1" times -- "${{COMP_WORDS[@]:1}}"; }}

# A routine can stand in place of a command: "uncramp bedtime" is short for "uncramp run bedtime".
_shtab_uncramp_pos_0_COMPGEN=_uncramp_routines
_uncramp() {{
  local first="${{COMP_WORDS[1]-}}"
  if (( COMP_CWORD > 1 )) && [[ $first != -* ]] &&
    [[ " ${{_shtab_uncramp_subparsers[*]}} " != *" $first "* ]]; then
    COMP_WORDS=("${{COMP_WORDS[0]}}" run "${{COMP_WORDS[@]:1}}")
    (( COMP_CWORD += 1 ))
  fi
  _shtab_uncramp
  # A time, or what is in a folder, follows without a space.
  [[ ${{COMPREPLY[0]-}} == *[=/] ]] && compopt -o nospace 2>/dev/null
  return 0
}}
complete -o bashdefault -F _uncramp uncramp
"""

_ZSH = f"""
_uncramp_listed() {{
  local kind=$1
  local -a found
  shift
  found=(${{(f)"$({_LIST} $kind -- "${{(@)_uncramp_typed}}" 2>/dev/null)"}})
  compadd "$@" -a found
}}
_uncramp_ids() {{ _uncramp_listed ids }}
_uncramp_routines() {{ _uncramp_ids; _files -g '*.toml' }}
_uncramp_deleted() {{ _uncramp_listed deleted }}
_uncramp_values() {{ _uncramp_listed values }}
_uncramp_steps() {{ _uncramp_listed steps }}
_uncramp_times() {{ _uncramp_listed times -S '' }}

# A routine can stand in place of a command: "uncramp bedtime" is short for "uncramp run bedtime".
functions[_uncramp_only_commands]=$functions[_shtab_uncramp_commands]
_shtab_uncramp_commands() {{ _uncramp_only_commands; _uncramp_routines }}
functions[_uncramp_as_typed]=$functions[_shtab_uncramp]
_shtab_uncramp() {{
  local -a _uncramp_typed
  _uncramp_typed=("${{(@)words[2,-1]}}")
  if (( CURRENT > 2 )) && [[ $words[2] != -* ]] &&
    (( ! ${{+parameters[_shtab_uncramp_${{words[2]//-/_}}_options]}} )); then
    words=("$words[1]" run "${{(@)words[2,-1]}}")
    (( CURRENT += 1 ))
  fi
  _uncramp_as_typed "$@"
}}
"""

_FISH = f"""
function _uncramp_ids
  {_LIST} ids 2>/dev/null
end
function _uncramp_routines
  _uncramp_ids
  __fish_complete_suffix .toml
end
function _uncramp_deleted
  {_LIST} deleted 2>/dev/null
end
function _uncramp_values
  {_LIST} values -- (commandline -opc)[2..-1] 2>/dev/null
end
function _uncramp_steps
  {_LIST} steps -- (commandline -opc)[2..-1] 2>/dev/null
end
function _uncramp_times
  {_LIST} times -- (commandline -opc)[2..-1] 2>/dev/null
end

# A routine can stand in place of a command: "uncramp bedtime" is short for "uncramp run bedtime".
complete -c uncramp -n '_shtab_uncramp_using; and test $_shtab_uncramp_npos -eq 0' \\
  -ka '(_uncramp_routines)' -d routine
functions -e _uncramp_scan
functions -c _shtab_uncramp_scan _uncramp_scan
function _shtab_uncramp_scan
  _uncramp_scan
  if test -z "$_shtab_uncramp_cmdpath" -a $_shtab_uncramp_npos -gt 0
    set -g _shtab_uncramp_cmdpath run
  end
end
"""
