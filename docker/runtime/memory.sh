# Sourced by the entrypoint: derives the JVM's memory options from the container's limit and says so in one line.
# Input: role. Output: the variable memory_options.
#
# Outside the heap a broker needs room for metaspace, compiled code, thread stacks, the collector and the mapped store files' page
# cache, which the kernel counts against the same limit, as it does the unpacked CDS archive (50 MiB, name server 35 MiB). `fixed` is
# what all but the page cache take; the rest is shared out.

limit_mib() {
  host=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
  for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    [ -r "$file" ] || continue
    read -r bytes <"$file" || continue
    case $bytes in *[!0-9]* | '') continue ;; esac   # cgroup v2 without a limit: "max"
    mib=$(printf '%s\n' "$bytes" | awk '{ print int($1 / 1048576) }')
    [ "$mib" -lt "$host" ] && { echo "$mib limit"; return; } # cgroup v1 without a limit: a number near 2^63
  done
  # Without a limit the machine is probably shared: take what a limit would usually be, or half the machine if that is less.
  half=$((host / 2))
  [ "$half" -lt "$1" ] && echo "$half assumed" || echo "$1 assumed"
}

case $role in
  namesrv) usual=512 least=160 fixed=100 heap_share=55 direct_share=20 code=32 metaspace=64 ;;
  controller) usual=512 least=256 fixed=160 heap_share=55 direct_share=15 code=48 metaspace=96 ;;
  proxy) usual=1024 least=320 fixed=210 heap_share=55 direct_share=25 code=64 metaspace=128 ;;
  broker) usual=2048 least=512 fixed=300 heap_share=55 direct_share=18 code=96 metaspace=128 wheel=40 ;; # TimerWheel: 39 MB, direct
esac
set -- $(limit_mib "$usual")
mib=$1 origin=$2
if [ "$mib" -lt "$least" ]; then
  echo "hotfire: memory limit ${mib}m is too small for a $role: give it at least ${least}m" >&2
  exit 78
fi
heap=$(((mib - fixed) * heap_share / 100))
direct=$(((mib - fixed) * direct_share / 100 + ${wheel:-0}))
[ "$mib" -ge 2048 ] && code=240
collector=SerialGC # smallest and quickest to start; its pauses stay short while the heap is small
[ "$heap" -ge 1536 ] && collector=G1GC
stack=512

memory_options="-Xms${heap}m -Xmx${heap}m -XX:MaxDirectMemorySize=${direct}m -XX:MaxMetaspaceSize=${metaspace}m
-XX:ReservedCodeCacheSize=${code}m -Xss${stack}k -XX:+Use${collector}"
[ "$origin" = limit ] && origin='memory limit' || origin='no memory limit, assumed'
echo "hotfire: $origin ${mib}m: heap ${heap}m, direct ${direct}m, metaspace ${metaspace}m, code ${code}m, stack ${stack}k, $collector"
