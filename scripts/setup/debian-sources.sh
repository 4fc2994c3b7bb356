#!/usr/bin/env bash
# debian-sources.sh RELEASE OTHER DIR: writes DIR/sources.d/hotfire.list with the machine's own Debian mirror for both releases,
# and links its keys into DIR/trusted.d. RELEASE is '' on a system that is not Debian: the list stays empty. The mirror is asked of apt itself, so both formats of sources are understood. Where the
# machine has no package lists yet, they are read into DIR/lists, and not into the machine's own.
set -euo pipefail
release=$1 other=$2 dir=$3

# mirror+file:/etc/apt/mirrors/debian.list (Debian's cloud images) stands for the first mirror in that file.
resolve_mirror() {
  local uri=$1 file
  case $uri in
    mirror+file:*) file=${uri#mirror+file:}; file=/${file#"${file%%[!/]*}"}; file=${file%/}
      uri=$(grep -m 1 -E '^https?:' "$file" | awk '{ print $1 }') ;;
  esac
  printf '%s\n' "${uri%/}"
}

# "URI RELEASE SOURCESENTRY" of each of Debian's own package lists; they are known to apt once it has read a Release file.
debian_targets() { # debian_targets APT_OPTIONS...
  # shellcheck disable=SC2016 # apt's own placeholders
  apt-get "$@" indextargets --format '$(ORIGIN) $(REPO_URI) $(CODENAME) $(SOURCESENTRY)' 'Created-By: Packages' 2>/dev/null |
    awk '$1 == "Debian" { print $2, $3, $4 }' | sort -u
}

# The newest copy of Debian's keys, and whatever keys the machine's own Debian sources are signed by.
link_keys() { # link_keys SOURCE_FILES...
  local key
  {
    ls /etc/apt/trusted.gpg.d/* /usr/share/keyrings/debian-archive-keyring.* 2>/dev/null
    [ $# -eq 0 ] || sed -n -E 's/^Signed-By:[[:space:]]*(\/[^[:space:]]+).*/\1/p; s/.*signed-by=(\/[^],[:space:]]+).*/\1/p' "$@" 2>/dev/null
  } | sort -u | while read -r key; do
    case $key in *.gpg | *.asc) ;; *) continue ;; esac
    [ ! -f "$key" ] || ln -sf "$key" "$dir/trusted.d/$(printf '%s' "$key" | tr / _)"
  done
}

mkdir -p "$dir/sources.d" "$dir/trusted.d" "$dir/lists/partial"
targets=''
[ -z "$release" ] || targets=$(debian_targets)
if [ -n "$release" ] && [ -z "$targets" ]; then
  private=(-o "Dir::State::Lists=$dir/lists" -o "Acquire::Languages=none" -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache=")
  apt-get -q "${private[@]}" update >&2 || true # one source of many may fail
  targets=$(debian_targets "${private[@]}")
fi

main='' security='' files=()
while read -r uri suite entry; do
  case $suite in
    '') continue ;;
    "$release") main=$(resolve_mirror "$uri") ;;
    "$release-security") security=$(resolve_mirror "$uri") ;;
  esac
  files+=("${entry%:*}")
done <<<"$targets"

link_keys ${files[@]+"${files[@]}"}
for suite in $release "$other"; do
  [ -n "$main" ] || break
  echo "deb $main $suite main"
  [ -z "$security" ] || echo "deb $security $suite-security main"
done >"$dir/sources.d/hotfire.list"
