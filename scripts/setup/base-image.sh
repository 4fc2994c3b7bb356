#!/usr/bin/env bash
# Sees to it that the base image is on the Engine, also where no registry can be asked: pulled, or else made of Debian's
# packages and named like the public one (`docker build` then finds it without asking a registry).
#
#   base-image.sh [IMAGE]     default: $BASE_IMAGE, or debian:trixie-slim
#
# With SETUP_QUIET=1 (in front of a command that is not about images) it does nothing either where Hotfire's images are there.
#
# Exit codes: 0 it is there; 4 it cannot be had (the message says what to do); 130 interrupted.
# stdout stays empty; progress is on stderr, nothing at all if the image was there.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
here=$root/scripts/setup
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"

readonly image=${1:-${BASE_IMAGE:-debian:trixie-slim}}
readonly SUBJECT="base image $image"
readonly SUITE=trixie
# A registry that is there names the image within a second or two; a download then has as long as it needs to be useful.
readonly ANSWER_WITHIN=8 PULL_WITHIN=300
started=$(now_ms)
work=''

needless() {
  [ -n "${SETUP_QUIET:-}" ] &&
    [ "$(docker image ls --format '{{.Repository}}' 'hotfire/*' | grep -cxE 'hotfire/(broker|namesrv)')" -ge 2 ]
}

present() { docker image inspect --format '{{.Id}}' "$image" >/dev/null 2>&1; }

clean_up() { [ -z "$work" ] || rm -rf "$work" 2>/dev/null || as_root rm -rf "$work"; }

# `docker pull` without a terminal prints "Pulling from" as soon as the registry has answered.
pull() {
  local pid log=$work/pull.log deadline=$((SECONDS + ANSWER_WITHIN)) status=0
  docker pull "$image" >"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    if grep -q 'Pulling from' "$log" && [ "$deadline" -le $((started_s + ANSWER_WITHIN)) ]; then
      deadline=$((started_s + PULL_WITHIN))
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      kill "$pid" 2>/dev/null || true
      wait "$pid" 2>/dev/null || true
      pull_error="no answer within $((deadline - started_s)) s"
      return 1
    fi
    sleep 0.1
  done
  wait "$pid" || status=$?
  pull_error=$(sed 's/^Error response from daemon: //' "$log" | tail -n 1 | cut -c 1-160)
  return "$status"
}

# The Engine's architecture in Debian's words.
architecture() {
  local arch
  arch=$(docker version --format '{{.Server.Arch}}')
  case $arch in
    386) echo i386 ;;
    arm) echo armhf ;;
    ppc64le) echo ppc64el ;;
    *) echo "$arch" ;;
  esac
}

by_hand() {
  cat <<HINT
Where a registry can be reached:  docker pull $image && docker save $image --output base.tar
and on this machine:              docker load --input base.tar
HINT
}

ensure_mmdebstrap() {
  local names=(mmdebstrap)
  have mmdebstrap && return
  if ! have apt-get || ! can_be_root; then
    die "$SUBJECT" "no registry answers, and this system has no mmdebstrap to make the image with" <<HINT
$(by_hand)
HINT
  fi
  # Ubuntu knows Debian's keys only by this package.
  [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || names+=(debian-archive-keyring)
  note "To be done now, as root$(is_root || echo ', through sudo'):"
  note "  install  ${names[*]} (makes the image out of Debian's packages)"
  consent "$SUBJECT"
  become_root "$SUBJECT"
  step "package lists: updating" as_root apt-get -q -o DPkg::Lock::Timeout=300 update || true # the installation tells
  step "mmdebstrap: installing" as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${names[@]}" ||
    die "$SUBJECT" "mmdebstrap could not be installed" <<HINT
$(by_hand)
HINT
}

# What the public slim image leaves out too; copyright files stay.
slim=(
  '--dpkgopt=path-exclude=/usr/share/doc/*' '--dpkgopt=path-include=/usr/share/doc/*/copyright'
  '--dpkgopt=path-exclude=/usr/share/man/*' '--dpkgopt=path-exclude=/usr/share/info/*'
  '--dpkgopt=path-exclude=/usr/share/locale/*' '--dpkgopt=path-exclude=/usr/share/groff/*'
  '--dpkgopt=path-exclude=/usr/share/lintian/*' '--dpkgopt=path-exclude=/usr/share/linda/*'
  '--aptopt=Acquire::Languages "none"' '--aptopt=Acquire::GzipIndexes "true"'
  '--aptopt=APT::Install-Recommends "false"'
)

# Run by mmdebstrap with the new root directory as $1.
# shellcheck disable=SC2016
readonly TIDY='cd "$1" && rm -rf var/cache/debconf/*-old var/log/apt/* var/log/*.log &&
  sed -i /TrustedParts/d etc/apt/apt.conf.d/99mmdebstrap'

bootstrap() { # bootstrap ARCHITECTURE TARBALL
  local line run=() sources=()
  if can_be_root; then run=(as_root); fi
  while read -r line; do
    case $line in *" $SUITE main" | *" $SUITE-security main") sources+=("$line") ;; esac
  done <"$work/sources.d/hotfire.list"
  # Without sources, on a system that is not Debian, mmdebstrap takes Debian's own mirror.
  ${run[@]+"${run[@]}"} mmdebstrap --variant=minbase --architectures="$1" "${slim[@]}" \
    --aptopt="Dir::Etc::TrustedParts \"$work/trusted.d\"" --customize-hook="$TIDY" "$SUITE" "$2" ${sources[@]+"${sources[@]}"}
}

import_image() { # import_image ARCHITECTURE TARBALL
  docker import --platform "linux/$1" \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'CMD ["bash"]' \
    --change "LABEL org.opencontainers.image.title=\"Debian $SUITE, slim\"" \
    --change 'LABEL org.opencontainers.image.description="Made by mmdebstrap on this machine; not the image of that name on Docker Hub"' \
    --change 'LABEL io.hotfire.base=mmdebstrap' \
    "$2" "$image"
}

debian_codename() { (. /etc/os-release && [ "$ID" = debian ] && echo "${VERSION_CODENAME:-}") || true; }

make_image() {
  local arch
  arch=$(architecture)
  ensure_mmdebstrap
  case $(dpkg --print-architecture) in
    "$arch") ;;
    *) die "$SUBJECT" "no registry answers, and the Engine's architecture ($arch) is not this machine's" <<HINT
$(by_hand)
HINT
      ;;
  esac
  step "Debian's mirror: finding it" "$here/debian-sources.sh" "$(debian_codename)" "$SUITE" "$work"
  step "Debian $SUITE, minimal, $arch: making" bootstrap "$arch" "$work/base.tar" ||
    die "$SUBJECT" "mmdebstrap failed (its own words are above)" <<HINT
$(by_hand)
HINT
  step "importing" import_image "$(docker version --format '{{.Server.Arch}}')" "$work/base.tar" ||
    die "$SUBJECT" "docker import failed (its own words are above)" </dev/null
}

provide() {
  present && return # somebody else did it while we waited for the lock
  work=$(mktemp -d "${TMPDIR:-/tmp}/hotfire-base.XXXXXX")
  chmod 755 "$work" # apt drops to the user _apt
  started_s=$SECONDS pull_error=''
  say "$SUBJECT: asking its registry"
  if pull; then
    say "$SUBJECT: pulled ($(elapsed "$started"))"
    return
  fi
  note "not from there: ${pull_error:-no reason given}"
  case $image in
    debian:trixie-slim | hotfire-base-test:*) make_image ;;
    *) die "$SUBJECT" "only debian:trixie-slim can be made without a registry" <<HINT
$(by_hand)
HINT
      ;;
  esac
  say "$SUBJECT: made, $(docker image inspect --format '{{.Size}}' "$image" | awk '{ printf "%.0f MB", $1 / 1e6 }') ($(elapsed "$started"))"
}

trap clean_up EXIT
trap 'exit 130' INT
present || needless || with_lock base-image provide
