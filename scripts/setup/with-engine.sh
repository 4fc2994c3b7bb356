#!/usr/bin/env bash
# with-engine.sh COMMAND...: runs it so that it may use the Engine's socket, also in a login that began before its user was
# in the group docker. Costs nothing where the socket can be used already.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=group-docker.sh
. "$here/group-docker.sh"

readonly socket=/var/run/docker.sock
if [ -z "${DOCKER_HOST:-}" ] && [ -S "$socket" ] && [ ! -w "$socket" ] && [ -z "${HOTFIRE_IN_GROUP:-}" ] && in_group_by_record; then
  export HOTFIRE_IN_GROUP=1
  printf -v command '%q ' "$@"
  exec sg docker -c "exec $command"
fi
exec "$@"
