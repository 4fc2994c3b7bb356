#!/usr/bin/env bash
# Sees to it that a Chromium is on this machine, for the browser tests: the system's own package, where none is there.
#
# Exit codes: 0 it is there; 4 it cannot be had (the message says what to do); 130 interrupted.
# stdout stays empty; progress is on stderr, nothing at all if it was there.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$root/scripts/setup/lib.sh"

readonly SUBJECT=Chromium
started=$(now_ms)

# The names and places that test-e2e/support/browser.ts looks at, too. Ubuntu's chromium is a wrapper around a snap: it has to run.
present() {
  local name
  [ -z "${CHROMIUM:-}" ] || { [ -x "$CHROMIUM" ]; return; }
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    if have "$name" && "$name" --version >/dev/null 2>&1; then return; fi
  done
  [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}

by_hand() {
  cat <<HINT
Install Chromium or Chrome as your system does it, or name one: CHROMIUM=/path/to/chromium
HINT
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}

provide() {
  present && return # somebody else did it while we waited for the lock
  [ -z "${CHROMIUM:-}" ] || die "$SUBJECT" "CHROMIUM=$CHROMIUM is no program" < <(by_hand)
  if ! have apt-get || ! can_be_root; then
    die "$SUBJECT" "the browser tests need it, and this system has no apt-get to install it with" < <(by_hand)
  fi
  note "To be done now, as root$(is_root || echo ', through sudo'):"
  note "  install  chromium (the tests of the console's page run in it)"
  consent "$SUBJECT"
  become_root "$SUBJECT"
  # One of the machine's sources being unreachable need not matter: the installation tells.
  step "package lists: updating" apt update || note "going on with the lists that are there"
  step "chromium: installing" apt install -y --no-install-recommends chromium ||
    die "$SUBJECT" "chromium could not be installed (apt-get's own words are above)" < <(by_hand)
  present || die "$SUBJECT" "it was installed, and does not run" < <(by_hand)
  say "$SUBJECT: installed ($(elapsed "$started"))"
}

trap 'exit 130' INT
present || with_lock chromium provide
