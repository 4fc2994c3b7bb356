# shellcheck shell=bash
# What the setup scripts share (the one who sources it sets $root): messages, consent, root, steps with elapsed time.
# Everything goes to stderr: stdout belongs to the command that the setup is for (`--json`).

# As everywhere in this project: 4 is the engine or the machine.
readonly EXIT_MACHINE=4

bold='' dim='' red='' reset=''
if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\033[1m' dim=$'\033[2m' red=$'\033[31m' reset=$'\033[0m'
fi

say() { printf '%s==>%s %s\n' "$bold" "$reset" "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }

# die SUBJECT MESSAGE: stdin holds the hint, line by line.
die() {
  printf '%s==> %s: %s%s\n' "$red" "$1" "$2" "$reset" >&2
  if [ ! -t 0 ]; then sed 's/^/    /' >&2; fi
  exit "$EXIT_MACHINE"
}

have() { command -v "$1" >/dev/null 2>&1; }

# Milliseconds since the epoch; whole seconds where `date` knows no %N (macOS, bash 3).
now_ms() {
  local now
  now=$(date +%s%N)
  case $now in *N) echo "$(date +%s)000" ;; *) echo "${now%??????}" ;; esac
}

elapsed() { # elapsed SINCE_MS
  local ms=$(($(now_ms) - $1))
  printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}

# version_at_least HAVE WANT: compares major.minor, ignores whatever follows.
version_at_least() {
  local have=${1#v} want=$2 h w
  h=${have%%[!0-9]*} w=${want%%[!0-9]*}
  [ -n "$h" ] || return 1
  [ "$h" -ne "$w" ] && { [ "$h" -gt "$w" ]; return; }
  have=${have#"$h"} want=${want#"$w"}
  have=${have#.} want=${want#.}
  h=${have%%[!0-9]*} w=${want%%[!0-9]*}
  [ "${h:-0}" -ge "${w:-0}" ]
}

is_root() { [ "$(id -u)" -eq 0 ]; }
can_be_root() { is_root || have sudo; }

as_root() {
  if is_root; then "$@"; else sudo -- "$@"; fi
}

# Asks for sudo's password now, on the terminal, and not in the middle of a step whose output is hidden.
become_root() {
  is_root && return
  if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi && return
  die "$1" "root is needed, and sudo gave no way to it" <<HINT
Run the same command as root, or in a terminal where sudo can ask for your password.
HINT
}

# consent SUBJECT: the plan was printed; go on only with a yes (a terminal), YES=1 or CI.
consent() {
  case "${YES:-}" in '' | 0 | no | false) ;; *) return 0 ;; esac
  case "${CI:-}" in '' | 0 | no | false) ;; *) return 0 ;; esac
  if [ -t 0 ] && [ -t 2 ]; then
    local answer=''
    printf '    %sGo on?%s [y/N] ' "$bold" "$reset" >&2
    read -r answer || true
    case $answer in [yY] | [yY][eE][sS]) return 0 ;; esac
    die "$1" "not done, nothing was changed" </dev/null
  fi
  die "$1" "nobody to ask (no terminal), nothing was changed" <<HINT
Agree beforehand with YES=1, for example: make setup YES=1
HINT
}

# step LABEL COMMAND...: runs it with its output in a log; the log's end is shown if it fails.
step() {
  local label=$1 log started pid status=0 shown=''
  shift
  log=$(mktemp "${TMPDIR:-/tmp}/hotfire-setup.XXXXXX")
  started=$(now_ms)
  if [ -t 2 ]; then
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
      shown="    $label ($(elapsed "$started")) $dim$(tail -n 1 "$log" | tr -d '\r' | cut -c 1-60)$reset"
      printf '\r\033[K%s' "$shown" >&2
      sleep 0.2
    done
    wait "$pid" || status=$?
    printf '\r\033[K' >&2
  else
    note "$label ..."
    "$@" >"$log" 2>&1 </dev/null || status=$?
  fi
  if [ "$status" -eq 0 ]; then
    note "$label: done ($(elapsed "$started"))"
  else
    note "$label: ${red}failed${reset}, exit code $status after $(elapsed "$started"); its last lines:"
    tail -n 20 "$log" | sed 's/^/      | /' >&2
  fi
  rm -f "$log"
  return "$status"
}

# with_lock NAME COMMAND...: one of a kind at a time in this checkout, where flock exists (not on macOS).
with_lock() {
  local name=$1 dir status=0
  shift
  if ! have flock; then "$@"; return; fi
  dir=${root:?}/.hotfire
  mkdir -p "$dir"
  exec 9>"$dir/$name.lock"
  flock -n 9 || { say "$name: waiting for another setup in this checkout"; flock 9; }
  "$@" || status=$?
  exec 9>&-
  return "$status"
}
