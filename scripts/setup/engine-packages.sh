# shellcheck shell=bash
# Which packages bring an Engine, on which system, and how they are installed there.

# HOTFIRE_OS_RELEASE: another file to read, for tests.
os_field() {
  sed -n "s/^$1=//p" "${HOTFIRE_OS_RELEASE:-/etc/os-release}" 2>/dev/null | tr -d '"' | head -n 1
}

# One of: debian-12 debian-13 ubuntu other-debian other darwin
system() {
  local id version
  [ "$(uname -s)" = Linux ] || { uname -s | tr '[:upper:]' '[:lower:]'; return; }
  id=$(os_field ID) version=$(os_field VERSION_ID)
  case $id:$version in
    debian:12 | debian:13 | ubuntu:22.04 | ubuntu:24.04) echo "$id-$version" ;;
    ubuntu:2[5-9].*) echo "ubuntu-$version" ;;
    *) echo other ;;
  esac
}

# The distribution's own packages, or docker.com's where those are installed already: the two do not mix.
from_docker_com() { dpkg-query -W -f '${db:Status-Abbrev}' docker-ce 2>/dev/null | grep -q '^ii'; }

can_install() {
  case $(system) in debian-* | ubuntu-*) have apt-get && can_be_root ;; *) false ;; esac
}

# packages_for "engine" | "compose buildx" | ...: names separated by spaces
packages_for() {
  local part names=''
  for part in $1; do
    case $(system):$part in
      *:engine)
        names="runc iptables ca-certificates docker.io containerd"
        case $(system) in debian-*) names="$names docker-cli docker-compose docker-buildx" ;; *) names="$names docker-compose-v2 docker-buildx" ;; esac
        # An AppArmor kernel without its parser lets dockerd start and no container run.
        if grep -qs Y /sys/module/apparmor/parameters/enabled && ! have apparmor_parser; then names="$names apparmor"; fi
        ;;
      *:compose) if from_docker_com; then names="$names docker-compose-plugin"; elif [ "$(os_field ID)" = ubuntu ]; then names="$names docker-compose-v2"; else names="$names docker-compose"; fi ;;
      *:buildx) if from_docker_com; then names="$names docker-buildx-plugin"; else names="$names docker-buildx"; fi ;;
    esac
  done
  if [ "${1}" = engine ] && from_docker_com; then
    names="docker-ce docker-ce-cli containerd.io docker-compose-plugin docker-buildx-plugin"
  fi
  echo "${names# }"
}

suite_words() {
  if from_docker_com; then echo "docker.com's latest"; else
    case $(system) in
      debian-12) echo "Debian 13's" ;;
      *) echo "the latest of this system" ;;
    esac
  fi
}

# Debian 12's own Engine is 20.10: the Engine's packages come from Debian 13, what they stand on stays Debian 12's.
readonly FROM_TRIXIE="docker.io docker-cli containerd docker-compose docker-buildx"

needs_trixie() { [ "$(system)" = debian-12 ] && ! from_docker_com; }

describe_packages() {
  note "  install  $1"
  if needs_trixie; then
    note "           $(only_trixie "$1") come from Debian 13, through temporary package lists:"
    note "           the machine's apt sources and pins stay as they are"
  fi
}

only_trixie() {
  local name found=''
  for name in $1; do case " $FROM_TRIXIE " in *" $name "*) found="$found $name" ;; esac; done
  echo "${found# }"
}

apt() { # apt OPTIONS... : apt-get for a machine, not for a person
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}

install_packages() {
  local names
  read -ra names <<<"$1"
  if needs_trixie; then
    install_with_trixie "${names[@]}"
  else
    # One of the machine's other sources being unreachable need not matter: the installation tells.
    step "package lists: updating" apt update || note "going on with the lists that are there"
    step "packages: installing" apt install -y --no-install-recommends "${names[@]}" || failed_install
  fi
}

failed_install() {
  die "$SUBJECT" "its packages could not be installed" <<HINT
apt-get's own words are above. By hand:
$(manual_steps)
HINT
}

# A private apt state: sources, pins, trust and lists in a directory that is removed again.
install_with_trixie() {
  local dir status=0
  dir=$(mktemp -d "${TMPDIR:-/tmp}/hotfire-apt.XXXXXX")
  chmod 755 "$dir" # apt drops to the user _apt
  step "Debian's mirror: finding it" "${here:?}/debian-sources.sh" "$(os_field VERSION_CODENAME)" trixie "$dir" || failed_install
  mkdir -p "$dir/preferences.d"
  local own=(-o "Dir::Etc::SourceList=/dev/null" -o "Dir::Etc::SourceParts=$dir/sources.d"
    -o "Dir::Etc::TrustedParts=$dir/trusted.d" -o "Dir::Etc::PreferencesParts=$dir/preferences.d"
    -o "Dir::Etc::Preferences=/dev/null" -o "Dir::State::Lists=$dir/lists"
    -o "Acquire::Languages=none" -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache=")
  {
    printf 'Package: *\nPin: release n=trixie*\nPin-Priority: 100\n\n'
    printf 'Package: %s\nPin: release n=trixie*\nPin-Priority: 990\n' "$FROM_TRIXIE"
  } >"$dir/preferences.d/hotfire"
  step "Debian 13's package lists: reading" apt "${own[@]}" update || status=$?
  if [ "$status" -eq 0 ]; then
    refuse_removals "$@" || status=$?
  fi
  if [ "$status" -eq 0 ]; then
    step "packages: installing" apt "${own[@]}" install -y --no-install-recommends "$@" || status=$?
  fi
  as_root rm -rf "$dir"
  [ "$status" -eq 0 ] || failed_install
}

# uses $own
refuse_removals() {
  local removed
  removed=$(apt "${own[@]}" install -s --no-install-recommends "$@" 2>/dev/null | awk '/^Remv/ { print $2 }' | tr '\n' ' ')
  [ -z "$removed" ] || { note "this would remove: $removed"; return 1; }
}

manual_steps() {
  case $(system) in
    darwin) cat <<STEPS
1. Docker Desktop: https://docs.docker.com/desktop/setup/install/mac-install/ (or: brew install --cask docker)
2. Start it, and give it at least 6 GB of memory in Settings, Resources.
3. Run this again.
STEPS
      ;;
    debian-* | ubuntu-*) cat <<STEPS
As root:  apt-get update
          apt-get install --no-install-recommends $(packages_for engine)
$(needs_trixie && echo "          (Debian 12's own are too old: add the suite trixie first, see docs/how-to/setup.md)")
STEPS
      ;;
    *)
      if grep -qis microsoft /proc/version; then
        echo "Windows (WSL 2): Docker Desktop with WSL integration for this distribution:"
        echo "https://docs.docker.com/desktop/features/wsl/  or, without it:"
      fi
      case " $(os_field ID) $(os_field ID_LIKE) " in
        *" fedora "* | *" rhel "* | *" centos "*) cat <<STEPS
1. sudo dnf -y install dnf-plugins-core
2. sudo dnf config-manager addrepo --from-repofile https://download.docker.com/linux/$(case $(os_field ID) in fedora) echo fedora ;; *) echo rhel ;; esac)/docker-ce.repo
   (dnf 4: config-manager --add-repo URL)
3. sudo dnf -y install docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin
4. sudo systemctl enable --now docker
5. sudo usermod -aG docker $(id -un), and log in again
STEPS
          ;;
        *" arch "*) cat <<STEPS
1. sudo pacman -S docker docker-compose docker-buildx
2. sudo systemctl enable --now docker
3. sudo usermod -aG docker $(id -un), and log in again
STEPS
          ;;
        *" alpine "*) cat <<STEPS
1. apk add docker docker-cli-compose docker-cli-buildx
2. rc-update add docker default && service docker start
STEPS
          ;;
        *" suse "* | *" opensuse "*) cat <<STEPS
1. sudo zypper install docker docker-compose docker-buildx
2. sudo systemctl enable --now docker
3. sudo usermod -aG docker $(id -un), and log in again
STEPS
          ;;
        *) cat <<STEPS
1. Install Docker Engine: https://docs.docker.com/engine/install/
2. See that "docker info" and "docker compose version" answer.
STEPS
          ;;
      esac
      echo "Needed: $TESTED. Then run this again."
      ;;
  esac
}
