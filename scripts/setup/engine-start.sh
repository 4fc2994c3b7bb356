# shellcheck shell=bash
# Starting an installed Engine: by systemd where it is, else by hand.

readonly DOCKERD_LOG=/var/log/dockerd.log

under_systemd() { [ -d /run/systemd/system ]; }

describe_start() {
  if under_systemd; then
    echo "systemctl enable --now docker"
  else
    echo "dockerd in the background, log in $DOCKERD_LOG (no systemd here, so not again after a reboot)"
  fi
}

start_log_hint() {
  if under_systemd; then
    echo "Its log: journalctl --unit docker"
  else
    echo "Its log: $DOCKERD_LOG"
  fi
}

answers() { as_root docker --host unix:///var/run/docker.sock version --format '{{.Server.Version}}' >/dev/null 2>&1; }

await_answer() { # await_answer SECONDS: fails early if dockerd, started by hand, has died
  local deadline=$(($(date +%s) + $1))
  until answers; do
    [ "$(date +%s)" -lt "$deadline" ] || return 1
    under_systemd || pgrep -x dockerd >/dev/null 2>&1 || have_no_pgrep || return 1
    sleep 0.2
  done
}

have_no_pgrep() { ! have pgrep; }

# Detached from this terminal, its process group and its open files: dockerd outlives the setup and holds none of its locks.
launch_dockerd() {
  as_root sh -c "setsid dockerd >>$DOCKERD_LOG 2>&1 </dev/null 9>&- &"
}

start_engine() {
  answers && return
  if under_systemd; then
    step "dockerd: starting (systemctl)" as_root systemctl enable --now docker ||
      failed_start "$(as_root journalctl --unit docker --no-pager --lines 15 --output cat 2>/dev/null)"
    await_answer 30 || failed_start "$(as_root journalctl --unit docker --no-pager --lines 15 --output cat 2>/dev/null)"
    return
  fi
  launch_dockerd
  step "dockerd: starting by hand" await_answer 30 ||
    failed_start "$(as_root tail -n 15 "$DOCKERD_LOG" 2>/dev/null)"
}

failed_start() {
  die "$SUBJECT" "dockerd does not start; its last lines:" <<HINT
$(printf '%s\n' "$1" | sed 's/^/| /')
$(case $1 in
    *cgroup*) echo "In a container? Engines need a privileged one, with cgroups mounted." ;;
    *iptables* | *nftables*) echo "The kernel or this container does not let it set up its network (iptables)." ;;
    *"operation not permitted"* | *"permission denied"*) echo "In a container? Engines need a privileged one (docker run --privileged)." ;;
  esac)
$(start_log_hint)
HINT
}
