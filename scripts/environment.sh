# Makes the virtual environment that scripts/run and scripts/test start from, or repairs it.
# Sourced, not run; expects $root, the checkout. POSIX sh.
# shellcheck shell=sh

venv=$root/.venv
# There while an installation is under way, holding its process id: an interrupted one is
# recognized by it and made again.
unfinished=$root/.venv.unfinished
log=$root/.venv.log

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

has_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

has_uv() {
    command -v uv >/dev/null 2>&1
}

stop() {
    rm -f "$unfinished"
    printf '%s\n' "$1" >&2
    exit 1
}

# Sets $python to one that can make the environment, or stops with what to install.
find_python() {
    without_venv=
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        is_new_enough "$python" || continue
        if has_uv || has_venv "$python"; then return; fi
        without_venv=${without_venv:-$python}
    done
    if [ -n "$without_venv" ]; then
        stop "uncramp needs Python's venv, and $without_venv has none: install it (Debian, Ubuntu: apt install $without_venv-venv)."
    fi
    found=$(python3 -c 'import platform; print("python3 is " + platform.python_version())' 2>/dev/null) ||
        found='there is no python3'
    stop "uncramp needs Python 3.11 or newer, and $found: install a newer one (Debian, Ubuntu: apt install python3 python3-venv)."
}

# What an installation depends on: this place, what was asked for and pyproject.toml.
wanted() {
    printf '%s\n%s\n' "$root" "$1"
    cat "$root/pyproject.toml"
}

is_ready() {
    [ -x "$venv/bin/python" ] && [ -x "$venv/bin/uncramp" ] && [ ! -e "$unfinished" ] &&
        wanted "$1" | cmp -s - "$venv/installed-for-$1"
}

is_usable() {
    is_new_enough "$venv/bin/python" || return 1
    has_uv || "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

quietly() {
    "$@" >"$log" 2>&1 && return
    cat "$log" >&2
    stop "Setting up failed; the lines above say why. Start again when that is fixed."
}

install() {
    if has_uv; then
        quietly uv pip install --quiet --python "$venv/bin/python" "$@"
    else
        quietly "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
    fi
}

# The development group's lines, for a pip that does not know groups yet.
write_development_requirements() {
    "$venv/bin/python" - "$root/pyproject.toml" >"$1" <<'PYTHON'
import sys, tomllib
with open(sys.argv[1], "rb") as file:
    print("\n".join(tomllib.load(file)["dependency-groups"]["dev"]))
PYTHON
}

# prepare run | prepare test: an environment with what that needs.
prepare() {
    is_ready "$1" && return
    begun_before=
    if [ -e "$unfinished" ]; then
        begun_before=yes
        read -r other <"$unfinished" || other=
        if [ -n "$other" ] && kill -0 "$other" 2>/dev/null; then
            printf '%s\n' "Another start (process $other) is still setting up: start again when it is done." >&2
            exit 1
        fi
    fi
    echo $$ >"$unfinished" || exit 1
    if [ -n "$begun_before" ] || ! is_usable; then
        find_python
        printf '%s\n' "Setting up with $python in $venv, this once; it takes a minute or so ..." >&2
        rm -rf "$venv"
        if has_uv; then
            quietly uv venv --quiet --python "$python" "$venv"
        else
            quietly "$python" -m venv "$venv"
        fi
    else
        printf '%s\n' "Bringing $venv up to what pyproject.toml asks for ..." >&2
    fi
    if [ "$1" = test ]; then
        write_development_requirements "$venv/development.txt"
        install --editable "$root" --requirement "$venv/development.txt"
    else
        install --editable "$root"
    fi
    wanted run >"$venv/installed-for-run"
    wanted "$1" >"$venv/installed-for-$1"
    rm -f "$unfinished" "$log"
}
