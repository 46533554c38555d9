#!/bin/sh
# Runs the tests of the pure browser modules. The files are named one by one because what `node --test FOLDER` means
# differs between Node 20 and 22.
set -eu

files=$(find tests/static -name '*.test.js' -o -name '*.test.mjs' -o -name 'test_*.js' 2>/dev/null | sort)
[ -n "$files" ] || exit 0
# shellcheck disable=SC2086  # one word a file
exec node --test --test-reporter=dot $files
