"""What the help of a command says after its options: examples and exit statuses."""

from uncramp.cli.config_options import CONFIG_EPILOG
from uncramp.cli.history_options import HISTORY_EPILOG, LOG_EPILOG

_RUN_EPILOG = """\
  uncramp run bedtime --time soak=15m --without "Calf squeeze"

On a terminal the run fills the screen. With --plain, or where standard output is
no terminal, it is written as lines: one a moment, time first.

Keys of a plain run: Space pauses and goes on, N next, B back, R again, + and -
15 seconds, Up and Down louder and softer, M quiet and mute, Enter done, Q ends
it, ? names them. Where standard input is no terminal, each of its lines is a
move: done, pause, go on, next, back, again, more, less, jump N, catch up, end,
keep (for later: uncramp resume goes on);
or louder, softer, quiet, mute, unmute, volume N. Where it is closed or has
ended, a step that waits for you ends at its first prompt.

Exit status: 0 finished, 1 ended early, 2 no such routine or a problem with it,
130 Ctrl-C.
"""

_NOW_EPILOG = """\
Nothing is asked. It leaves out what does not suit you, as you said in uncramp me.

Exit status: 0 finished, 1 ended early, 2 it cannot run, 130 Ctrl-C.
"""

_CTL_EPILOG = """\
  uncramp ctl                 the runs that are going on
  uncramp ctl toggle          continue, pause, or done if the step waits for you

The answer is one line. docs/control.md has recipes for tmux and status bars.

Exit status: 0 done, 1 not possible now or nothing is running, 2 nobody was asked.
"""

_STATUS_EPILOG = """\
  uncramp status --watch --escape tmux
  uncramp status --format "{name} {left} {side}"

docs/control.md lists what stands in braces, with recipes for status bars.

Exit status: 0 a run is going on, 1 nothing is running, 2 nobody was asked.
"""

_TIMER_EPILOG = """\
  uncramp timer 5m
  uncramp timer 1m30s Egg
  uncramp timer 8x20s/10s "Tabata"      8 rounds of 20 s, 10 s between
  uncramp timer 3x30s "Calf stretch"    3 rounds without a rest

A length is written as in a routine's file: 20m, 90s, 1m30s or 1:30. A rest holds
the get-ready of the next round. At its end the full screen can keep a timer as a
routine. A timer that is cut off can be resumed, as any run: uncramp resume.

Exit status: 0 finished, 1 ended early, 2 what was typed is no timer, 130 Ctrl-C.
"""

_REMIND_EPILOG = """\
  uncramp remind bedtime --at 21:30
  uncramp remind bedtime --at 21:30 --days mon-fri
  uncramp remind bedtime --at 21:30 --ics bedtime.ics    for a phone
  uncramp remind bedtime --remove

A notification of the desktop: by systemd on Linux, launchd on macOS and Task
Scheduler on Windows. What is to be written is shown first, and you are asked.

Exit status: 0 done, 2 not.
"""

_RESUME_EPILOG = """\
A run is saved as it goes. If it was cut off (a closed terminal, a dead battery, a
lost connection), it resumes from that moment: the latest run, or the one of ID.

Exit status: 0 finished or left, 1 ended early, 2 nothing to resume, 130 Ctrl-C.
"""

_EXPORT_EPILOG = """\
  uncramp export bedtime -o bedtime.m4a --night
  uncramp export bedtime --to card --paper letter
  uncramp export bedtime --to ics --at 21:30 --days mon-fri
  uncramp export bedtime --to text -o bedtime.txt

The ending of the file names its form: .wav; and with ffmpeg, or uncramp[audio],
.m4a, .mp3 and .opus, with a chapter for each step, and .flac. A card is .svg, or
.pdf with the extra uncramp[pdf].

Exit status: 0 written, 2 nothing written.
"""

_SHARE_EPILOG = """\
It makes the page of uncramp export --to phone and offers it at an address that
nobody can guess, until it has been fetched once or ten minutes have gone.

Exit status: 0 fetched, 1 nobody fetched it, 2 not offered, 130 Ctrl-C.
"""

_BUNDLE_EPILOG = """\
  uncramp bundle my-evening
  uncramp import my-evening.uncramp

The file holds the routine, the sounds of its own and the routines of yours that it
uses. Bundled ones are not in it: everybody who has uncramp has them.

Exit status: 0 written, 2 nothing written.
"""

_IMPORT_EPILOG = """\
All of the bundle goes to your own folder, or nothing. Files of yours with the same
names are named and kept, and no routine that comes with uncramp is hidden, unless
you say --force.

Exit status: 0 imported, or all of it was there; 2 nothing imported.
"""

_NEW_EPILOG = """\
  uncramp new
  uncramp new --title Evening --step "Soak=20m/both" --step "Calf roll=2m/each"

TIME is 20m, 90s, 1m30s or 1:30, or open for a step that lasts until you say so.
SIDES are each (left, then right), both, left, right or affected. The file goes to
your own folder and never overwrites another.

Exit status: 0 written, 2 nothing written.
"""

_COPY_EPILOG = """\
Without NEW, your copy replaces the bundled routine of the same id.

Exit status: 0 copied, 2 nothing written.
"""

_EDIT_EPILOG = """\
The editor is the one in VISUAL or EDITOR. A bundled routine is copied first.

Exit status: 0 it can run, 2 there are errors in it, or it was not opened.
"""

_TRASH_EPILOG = """\
In the library, D on a routine's page deletes one of your own. Ctrl-G restores it.

Exit status: 0 done, 2 not done.
"""

_FMT_EPILOG = """\
Puts the keys in the order of docs/format.md, with one blank line between tables.
Comments stay, and what the file says never changes.

Exit status: 0 tidy, 1 not tidy (with --check), 2 a file cannot be tidied.
"""

_ME_EPILOG = """\
Without options it shows your answers; the first time it asks. Conditions:
pregnant, blood-thinners, varicose-veins, numb-feet (diabetes, feet that feel
little, poor circulation), cannot-reach-feet, cannot-stand, clot-suspected.

Exit status: 0 done, 2 nothing was changed.
"""

_COMPLETION_EPILOG = """\
One line in the file that your shell reads at its start:

  bash   ~/.bashrc                     eval "$(uncramp completion bash)"
  zsh    ~/.zshrc, after compinit      eval "$(uncramp completion zsh)"
  fish   ~/.config/fish/config.fish    uncramp completion fish | source

Exit status: 0 written, 2 there is no such shell.
"""

_POINT_EPILOG = """\
  uncramp point KD3
  uncramp point taixi --side right --svg taixi.svg

Exit status: 0 shown or written, 2 there is no such point, or nothing was written.
"""

_LOOK_EPILOG = "Exit status: 0 shown, 2 there is no such thing."
_SHOWN_EPILOG = "Exit status: 0 shown."
_DOCTOR_EPILOG = (
    "Exit status: 0 a device played the sound, 1 none did, or you did not hear it. "
    "The microphone does not change it."
)
_CHECK_EPILOG = "Exit status: 0 nothing to fix, 1 warnings with --strict, 2 errors."

EPILOGS = {
    **dict.fromkeys(("show", "cautions", "advice"), _LOOK_EPILOG),
    **dict.fromkeys(("list", "points", "safety", "evidence", "schema", "where"), _SHOWN_EPILOG),
    "run": _RUN_EPILOG,
    "now": _NOW_EPILOG,
    "ctl": _CTL_EPILOG,
    "status": _STATUS_EPILOG,
    "point": _POINT_EPILOG,
    "completion": _COMPLETION_EPILOG,
    "timer": _TIMER_EPILOG,
    "resume": _RESUME_EPILOG,
    "export": _EXPORT_EPILOG,
    "share": _SHARE_EPILOG,
    "bundle": _BUNDLE_EPILOG,
    "import": _IMPORT_EPILOG,
    "history": HISTORY_EPILOG,
    "log": LOG_EPILOG,
    "remind": _REMIND_EPILOG,
    "config": CONFIG_EPILOG,
    "me": _ME_EPILOG,
    "check": _CHECK_EPILOG,
    "new": _NEW_EPILOG,
    "copy": _COPY_EPILOG,
    "edit": _EDIT_EPILOG,
    "trash": _TRASH_EPILOG,
    "fmt": _FMT_EPILOG,
    "doctor": _DOCTOR_EPILOG,
}
"""The text at the end of a command's help."""
