#!/bin/sh
# Brings .venv up to one requirements file. Costs nothing when the file has not changed since the last time:
# a copy of what was installed lies in .venv beside the packages.
set -eu

file=$1
venv=.venv
stamp=$venv/installed-$file

if [ -x "$venv/bin/python" ] && cmp -s "$file" "$stamp"; then
    exit 0
fi

say() { printf '%s\n' "$*" >&2; }

# Prints the first interpreter that is new enough and can do "$1". Each one is asked, not judged by its name: a version
# manager's shim can be on the path without a Python behind it.
find_python() {
    for name in python3.13 python3.12 python3.11 python3 python3.14 python; do
        if "$name" -c "import sys; assert sys.version_info >= (3, 11); $1" 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
}

how_to_get() {
    if command -v apt-get >/dev/null; then
        say "  sudo apt-get install $1"
    elif command -v dnf >/dev/null; then
        say "  sudo dnf install python3"
    elif command -v brew >/dev/null; then
        say "  brew install python"
    else
        say "  see https://www.python.org/downloads/"
    fi
}

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python "import venv, ensurepip")
    if [ -z "$python" ]; then
        python=$(find_python "pass")
        if [ -n "$python" ]; then
            say "$python is new enough but has no venv module, which Quizhall keeps its packages with. To get it:"
            how_to_get python3-venv
        else
            say "Quizhall needs Python 3.11 or newer, and none was found. To get it:"
            how_to_get "python3 python3-venv"
        fi
        exit 1
    fi
    say "Making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
fi

say "Installing $file into $venv (a minute, the first time)"
if ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input -r "$file"; then
    say "The packages in $file could not be installed; pip's reason stands above. It needs the internet this once."
    exit 1
fi
cp "$file" "$stamp"
