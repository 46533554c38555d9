#!/bin/sh
# Installs what the benchmarks measure beside us: Python packages into .venv-bench, Node packages beside the peers.
# What cannot be had here is left out with a word; the benchmarks then say so in their tables.
set -u

say() { printf '%s\n' "$*" >&2; }

file=benchmarks/requirements.txt
venv=.venv-bench
if ! cmp -s "$file" "$venv/installed-requirements.txt"; then
    say "Installing the Python peers into $venv (once)"
    [ -x "$venv/bin/python" ] || .venv/bin/python -m venv "$venv"
    missing=""
    # One by one: a peer without a build for this machine does not take the others away.
    for package in $(sed 's/ *#.*//' "$file"); do
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input "$package" 2>/dev/null || missing="$missing $package"
    done
    if [ -z "$missing" ]; then cp "$file" "$venv/installed-requirements.txt"; else say "Not to be had here:$missing"; fi
fi

peers=benchmarks/peers
if command -v npm >/dev/null 2>&1; then
    if ! cmp -s "$peers/package.json" "$peers/node_modules/installed-package.json"; then
        say "Installing the Node peers into $peers/node_modules (once)"
        if (cd "$peers" && npm install --silent --no-audit --no-fund --no-package-lock >/dev/null 2>&1); then
            cp "$peers/package.json" "$peers/node_modules/installed-package.json"
        else
            say "npm could not install them: ws and socket.io are left out"
        fi
    fi
else
    say "There is no npm here: ws and socket.io are left out"
fi
exit 0
