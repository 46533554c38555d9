#!/bin/sh
# The programs that the tests need besides Python: Chromium for the browser tests, Node for the scripts' tests, and
# Redis, which the tests start themselves.
# Installs what is absent with apt-get where it may; elsewhere says in one line what is missing and how to get it.
set -eu

has_any() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo -n"; fi
may_install() { has_any apt-get && $as_root true 2>/dev/null; }

missing=""
# Chromium without its own windows is the same browser for a seventh of the processor's time: where it can be had, it is
# taken. Without a font pages have no width that is worth a test.
if ! has_any chromium-headless-shell; then
    if may_install && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
        missing="$missing chromium-headless-shell fonts-dejavu-core"
    else
        has_any chromium chromium-browser google-chrome || missing="$missing chromium fonts-dejavu-core"
    fi
fi
has_any node || missing="$missing nodejs"
has_any redis-server || missing="$missing redis-server"
# PostgreSQL keeps its programs out of the PATH on Debian.
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || has_any initdb || missing="$missing postgresql"
# The proxies whose files lie in deploy/: read by themselves, and one of them stands before two nodes.
PATH="$PATH:/usr/sbin"
has_any nginx || missing="$missing nginx-light"
has_any haproxy || missing="$missing haproxy"
# Sets the clock of a database under `make prove ARGS="--scenario clocks"`; nothing else needs it.
if has_any apt-get && ! ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1; then missing="$missing faketime"; fi
[ -n "$missing" ] || exit 0

if may_install; then
    printf 'Installing for the tests:%s\n' "$missing" >&2
    $as_root apt-get update -qq
    # shellcheck disable=SC2086  # one word a package
    $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi

printf 'The tests need:%s (Debian: sudo apt-get install%s; Fedora: sudo dnf install chromium nodejs redis; macOS: brew install node chromium redis)\n' \
    "$missing" "$missing" >&2
exit 1
