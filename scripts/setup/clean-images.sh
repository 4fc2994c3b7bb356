#!/usr/bin/env bash
# Removes Hotfire's images, and the base image if it was made here (a pulled one may serve others).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"

refs=$({
  docker image ls --format '{{.Repository}}:{{.Tag}}' 'hotfire/*'
  docker image ls --format '{{.Repository}}:{{.Tag}}' --filter label=io.hotfire.base
} | grep -v '<none>' | sort -u) || true
if [ -z "$refs" ]; then
  say "images: none here"
  exit
fi
# shellcheck disable=SC2086 # one reference a word
docker image rm $refs >/dev/null
say "images: removed"
# shellcheck disable=SC2001
sed 's/^/    /' <<<"$refs" >&2
