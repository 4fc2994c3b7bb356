#!/usr/bin/env bash
# Sees to it that a Docker Engine answers and that its client has Compose and Buildx. Does nothing where they do.
#
#   engine.sh             check; start or install what is missing, after saying what and asking
#   engine.sh --upgrade   install again, for newer versions of the same packages (restarts the Engine)
#
# Exit codes: 0 ready; 4 not possible here (the message says what to do); 130 interrupted.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
here=$root/scripts/setup
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=engine-packages.sh
. "$here/engine-packages.sh"
# shellcheck source-path=SCRIPTDIR source=engine-start.sh
. "$here/engine-start.sh"

# 25: the first Engine with a health check's start_interval. 2.23: the first Compose that takes what we generate.
readonly MIN_ENGINE=25.0 MIN_COMPOSE=2.23
readonly SUBJECT="Docker Engine"
readonly TESTED="Engine >= ${MIN_ENGINE%.0} with Compose >= $MIN_COMPOSE and Buildx"
started=$(now_ms)

readonly INFO='{{.ServerVersion}}|{{range .ClientInfo.Plugins}}{{.Name}}={{.Version}} {{end}}'

# One call (about 60 ms) answers everything: which Engine, and which plugins the client on PATH finds.
# Sets state (no-client, down, denied, up), engine, compose, buildx, error.
probe() {
  local out log status=0
  state=no-client engine='' compose='' buildx='' error=''
  have docker || return 0
  out=$(bounded 10 docker info --format "$INFO" 2>/dev/null) || status=$?
  engine=${out%%|*}
  compose=$(plugin_version compose "$out")
  buildx=$(plugin_version buildx "$out")
  if [ "$status" -eq 0 ] && [ -n "$engine" ]; then
    state=up
    return
  fi
  log=$(bounded 10 docker info --format '{{.ServerVersion}}' 2>&1 >/dev/null) || status=$?
  error=$(grep -v '^WARNING' <<<"$log" | head -n 3) || true
  case $status:$error in
    124:*) state=down error="no answer within 10 s" ;;
    *"permission denied"*) state=denied ;;
    *) state=down ;;
  esac
}

# plugin_version NAME INFO: "2.26.1-4" of "26.1.5|buildx=0.13.1 compose=v2.26.1-4 "
plugin_version() {
  local rest=" ${2#*|}"
  [ "$rest" != "${rest#* "$1"=}" ] || return 0
  rest=${rest#* "$1"=} rest=${rest%% *}
  printf '%s' "${rest#v}"
}

bounded() { if have timeout; then timeout "$@"; else shift && "$@"; fi; }

compose_ok() { [ -n "$compose" ] && version_at_least "$compose" "$MIN_COMPOSE"; }

ready() {
  [ "$state" = up ] && version_at_least "$engine" "$MIN_ENGINE" && compose_ok && [ -n "$buildx" ]
}

# Where the client looks for the Engine, when that is not this machine's own socket.
elsewhere() {
  local endpoint=${DOCKER_HOST:-}
  if [ -z "$endpoint" ] && have docker; then
    endpoint=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null || true)
  fi
  case $endpoint in
    '' | unix:///var/run/docker.sock | unix:///run/docker.sock) return 1 ;;
    *) printf '%s' "$endpoint" ;;
  esac
}

too_old() {
  if docker version 2>/dev/null | grep -qi podman; then
    die "$SUBJECT" "what answers is Podman ($engine), not Docker" <<HINT
Hotfire needs $TESTED. Point DOCKER_HOST at a Docker Engine, or stop
Podman's Docker socket and run this again.
HINT
  fi
  die "$SUBJECT" "version $engine answers, $MIN_ENGINE or newer is needed" <<HINT
$(if can_install; then
    echo "Its packages can be replaced by $(suite_words) (this stops the Engine's"
    echo "running containers for a moment):  $here/engine.sh --upgrade"
  else
    manual_steps
  fi)
HINT
}

report_ready() {
  say "$SUBJECT: ready, Engine $engine, Compose $compose, Buildx $buildx ($(elapsed "$started"))"
}

after_change() {
  probe
  if [ "$state" = denied ] && in_group_by_record && through_group docker info >/dev/null 2>&1; then
    say "$SUBJECT: ready ($(elapsed "$started"))"
    note "Your login began before you were in the group docker. make and ./hotfire see to that themselves;"
    note "for your own docker commands log in again, or: newgrp docker"
    return
  fi
  if ready; then report_ready; return; fi
  if [ "$state" = up ] && ! version_at_least "$engine" "$MIN_ENGINE"; then too_old; fi
  if [ "$state" = up ]; then
    die "$SUBJECT" "$(command -v docker) finds no Compose >= $MIN_COMPOSE (found: ${compose:-none}) or no Buildx (found: ${buildx:-none})" <<HINT
Plugins are sought in ~/.docker/cli-plugins first: an old one there hides the machine's own.
Another docker client before /usr/bin on PATH may not look in /usr/libexec/docker/cli-plugins.
HINT
  fi
  die "$SUBJECT" "still does not answer: ${error:-no reason given}" <<HINT
$(start_log_hint)
HINT
}

# The whole change is said before it is made, and agreed to once.
change() { # change PACKAGES START GROUP: each '' or what to do
  local packages=$1 start=$2 group=$3 who
  who="as root"; is_root || who="as root, through sudo"
  note "To be done now, $who:"
  [ -z "$packages" ] || describe_packages "$packages"
  case $start in
    start) note "  start    $(describe_start)" ;;
    restart) note "  restart  dockerd, if it runs: its containers stop, and those with a restart policy come back" ;;
  esac
  [ -z "$group" ] || {
    note "  group    add $(id -un) to the group docker, which may use the Engine's socket"
    note "           (whoever is in it can become root on this machine)"
  }
  note "How to undo it: docs/how-to/setup.md"
  consent "$SUBJECT"
  become_root "$SUBJECT"
  if [ "$start" = restart ]; then stop_by_hand; fi
  [ -z "$packages" ] || install_packages "$packages"
  [ -z "$start" ] || start_engine
  [ -z "$group" ] || step "group docker: adding $(id -un)" as_root usermod -aG docker "$(id -un)" ||
    die "$SUBJECT" "could not add you to the group docker" </dev/null
  after_change
}

needs_group() { if is_root || in_group_by_record; then echo ''; else echo group; fi; }

# shellcheck source-path=SCRIPTDIR source=group-docker.sh
. "$here/group-docker.sh"

resolve() {
  local missing='' where
  case $state in
    up)
      version_at_least "$engine" "$MIN_ENGINE" || too_old
      compose_ok || missing="compose"
      [ -n "$buildx" ] || missing="$missing buildx"
      say "$SUBJECT: $engine answers, but the client at $(command -v docker) lacks a plugin"
      note "found: Compose ${compose:-none} (>= $MIN_COMPOSE is needed), Buildx ${buildx:-none}"
      can_install || manual "the Docker client lacks Compose or Buildx"
      change "$(packages_for "$missing")" '' ''
      ;;
    denied)
      # Ask again as a member; a stopped Engine can leave its socket behind, and then this is no matter of permission.
      if [ -z "${HOTFIRE_IN_GROUP:-}" ] && in_group_by_record; then
        exec 9>&- # sg would go on holding our lock
        exec "$here/with-engine.sh" "$here/engine.sh"
      fi
      say "$SUBJECT: it runs, but $(id -un) may not use its socket"
      where=$(elsewhere) && die "$SUBJECT" "permission denied at $where" </dev/null
      { getent group docker >/dev/null 2>&1 && can_be_root; } || die "$SUBJECT" "permission denied on /var/run/docker.sock" <<HINT
As root:  usermod -aG docker $(id -un)
then log in again. Or run this command as root.
HINT
      change '' '' group
      ;;
    *)
      if where=$(elsewhere); then
        die "$SUBJECT" "does not answer at $where" <<HINT
${error:-}
$(if [ -n "${DOCKER_HOST:-}" ]; then
    echo "DOCKER_HOST says so: start that Engine, or unset DOCKER_HOST to use this machine's own."
  else
    echo "The Docker context in use says so (docker context ls): start that Engine, or use this"
    echo "machine's own: docker context use default"
  fi)
HINT
      fi
      if have dockerd; then
        say "$SUBJECT: installed, but not running"
        can_be_root || die "$SUBJECT" "only root can start it" <<HINT
As root:  $(describe_start)
HINT
        change '' start "$(needs_group)"
      else
        say "$SUBJECT: none here"
        can_install || manual "none answers, and this system is not one that it can be installed on from here"
        change "$(packages_for engine)" start "$(needs_group)"
      fi
      ;;
  esac
}

manual() {
  die "$SUBJECT" "$1" <<HINT
$(manual_steps)
HINT
}

upgrade() {
  say "$SUBJECT: installing newer packages"
  can_install || manual "its packages cannot be upgraded from here"
  change "$(packages_for engine)" restart "$(needs_group)"
}

main() {
  case "${1:-}" in
    '') ;;
    --upgrade) upgrade; return ;;
    *) die "$SUBJECT" "unknown argument $1; the only one is --upgrade" </dev/null ;;
  esac
  probe
  if ready; then
    [ -n "${SETUP_QUIET:-}" ] || report_ready
  else
    with_lock engine locked
  fi
}

# Another setup may have done it while this one waited for the lock.
locked() { probe; if ready; then report_ready; else resolve; fi; }

trap 'exit 130' INT
main "$@"
