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

await_answer() { # await_answer SECONDS [PID]: fails early if that process has died
  local deadline=$((SECONDS + $1)) pid=${2:-}
  until answers; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    [ -z "$pid" ] || is_running "$pid" || return 1
    sleep 0.2
  done
}

# Not `kill -0`: the process is root's, and where no init reaps (many containers) a dead one stays as a zombie.
is_running() { [ -r "/proc/$1/cmdline" ] && [ -n "$(tr -d '\0' <"/proc/$1/cmdline")" ]; } 2>/dev/null

# A killed dockerd leaves its pid file, and dockerd refuses to start while any process, or a zombie, has that pid.
forget_dead_dockerd() {
  local pid
  pid=$(as_root cat /var/run/docker.pid 2>/dev/null) || return 0
  if grep -qsE '^State:[[:space:]]*[^Z]' "/proc/$pid/status" && grep -qsx dockerd "/proc/$pid/comm"; then return 0; fi
  as_root rm -f /var/run/docker.pid
}

# Prints its pid. Detached from this terminal, its process group and its open files: dockerd outlives the setup and holds
# none of its locks.
launch_dockerd() {
  forget_dead_dockerd
  as_root sh -c "setsid dockerd >>$DOCKERD_LOG 2>&1 </dev/null 9>&- & pid=\$!; sleep 0.2; echo \$pid"
}

start_engine() {
  local pid
  answers && return
  if under_systemd; then
    { step "dockerd: starting (systemctl)" as_root systemctl enable --now docker && await_answer 30; } ||
      failed_start "$(as_root journalctl --unit docker --no-pager --lines 40 --output cat 2>/dev/null)"
  else
    pid=$(launch_dockerd)
    step "dockerd: starting by hand" await_answer 30 "$pid" ||
      failed_start "$(as_root tail -n 40 "$DOCKERD_LOG" 2>/dev/null)"
  fi
}

# Before its packages are replaced; under systemd the packages see to that themselves.
stop_by_hand() {
  local pid deadline=$((SECONDS + 60))
  under_systemd && return
  pid=$(as_root cat /var/run/docker.pid 2>/dev/null) || return 0
  as_root kill "$pid" 2>/dev/null || return 0
  while is_running "$pid" && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.2; done
}

failed_start() {
  die "$SUBJECT" "dockerd does not start; its last lines:" <<HINT
$(printf '%s\n' "$1" | grep -v 'level=info' | tail -n 8 | sed 's/^/| /')
$(case $1 in
    *cgroup*) echo "In a container? Engines need a privileged one, with cgroups mounted." ;;
    *iptables* | *nftables*) echo "The kernel or this container does not let it set up its network (iptables)." ;;
    *"operation not permitted"* | *"permission denied"*) echo "In a container? Engines need a privileged one (docker run --privileged)." ;;
  esac)
$(start_log_hint)
HINT
}
