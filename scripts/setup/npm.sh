#!/usr/bin/env bash
# Installs the npm packages of the lock file, if they are not there yet. Prints nothing when there is nothing to do.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$root/scripts/setup/lib.sh"

readonly lock=$root/package-lock.json modules=$root/node_modules
readonly stamp=$modules/.hotfire-lock

# npm ci begins by removing node_modules: it must not run on the Node in there, which make puts first on PATH.
PATH=${PATH//"$modules/node/bin:"/}
PATH=${PATH//"$modules/.bin:"/}

# npm itself writes .package-lock.json last, so a package added by hand (`npm i`) counts as installed. A lock file that
# is only touched (a branch switched there and back) is told from a changed one by the copy kept in the stamp.
current() {
  [ -x "$modules/node/bin/node" ] || return 1
  [ "$modules/.package-lock.json" -nt "$lock" ] && return 0
  [ -f "$stamp" ] && cmp -s "$stamp" "$lock"
}

check_tools() {
  local version
  if ! have node || ! have npm; then
    die "npm packages" "$(have node && echo "npm" || echo "Node.js") is not on PATH; Node >= 20 with npm is needed" <<HINT
Debian 13, Ubuntu 25.04 and later:  sudo apt-get install nodejs npm
Debian 12, Ubuntu 22.04 and 24.04 have an older one: take it from https://nodejs.org/en/download
macOS:  brew install node
HINT
  fi
  version=$(node --version)
  version_at_least "$version" 20 || die "npm packages" "Node ${version#v} at $(command -v node) is too old; Node >= 20 is needed" <<HINT
Install a newer one (https://nodejs.org/en/download) and put it first on PATH.
HINT
}

install() {
  current && return 0 # somebody else did it while we waited for the lock
  check_tools
  local started quiet=(--loglevel=error --no-update-notifier)
  started=$(now_ms)
  say "npm packages: installing (npm ci)"
  [ -t 2 ] || quiet+=(--no-progress)
  # The Node that runs the sources is itself a package whose binary is put in place by an install script.
  (cd "$root" && npm ci --ignore-scripts=false "${quiet[@]}" </dev/null >&2) || die "npm packages" "npm ci failed" <<HINT
The lines above are npm's. Behind a proxy or a registry of your own: npm config set registry URL
With a private certificate authority: export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
HINT
  [ -x "$modules/node/bin/node" ] || die "npm packages" "npm ci left no $modules/node/bin/node" <<HINT
npm must be allowed to run install scripts: npm config get ignore-scripts
HINT
  cp "$lock" "$stamp"
  say "npm packages: ready ($(elapsed "$started"))"
}

current || with_lock npm install
