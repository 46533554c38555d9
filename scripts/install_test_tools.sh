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

# Prometheus' own checker of rules and expressions. Only that program is taken out of the package: installing all of it
# would start a Prometheus on this machine. Without it the rules are still read as YAML and held to the figures there are.
get_promtool() {
    if has_any promtool || [ -x "$promtool" ]; then return; fi
    folder=$(mktemp -d)
    if has_any apt-get && has_any dpkg; then
        (
            cd "$folder"
            apt-get download -qq prometheus || { $as_root apt-get update -qq && apt-get download -qq prometheus; }
            dpkg -x prometheus_*.deb .
        ) >/dev/null 2>&1 || true
    fi
    if [ -x "$folder/usr/bin/promtool" ]; then
        mkdir -p "$(dirname "$promtool")"
        cp "$folder/usr/bin/promtool" "$promtool"
    else
        printf 'No promtool here (macOS: brew install prometheus): the Prometheus rules are checked without it\n' >&2
    fi
    rm -rf "$folder"
}
promtool=.venv/tools/promtool
get_promtool

missing=""
# Without a font pages have no width that is worth a test.
has_any chromium chromium-browser google-chrome || missing="$missing chromium fonts-dejavu-core"
has_any node || missing="$missing nodejs"
has_any redis-server || missing="$missing redis-server"
# The proxies whose files lie in deploy/: read by themselves, and one of them stands before two nodes.
PATH="$PATH:/usr/sbin"
has_any nginx || missing="$missing nginx-light"
has_any haproxy || missing="$missing haproxy"
[ -n "$missing" ] || exit 0

if has_any apt-get && $as_root true 2>/dev/null; then
    printf 'Installing for the tests:%s\n' "$missing" >&2
    $as_root apt-get update -qq
    # shellcheck disable=SC2086  # one word a package
    $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi

printf 'The tests need:%s (Debian: sudo apt-get install%s; Fedora: sudo dnf install chromium nodejs redis; macOS: brew install node chromium redis)\n' \
    "$missing" "$missing" >&2
exit 1
