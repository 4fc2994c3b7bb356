#!/bin/sh
# Compiles the launcher and its tests and runs them: run.sh [option of JUnit's console…], e.g. run.sh --select-class=io.hotfire.launcher.failover.FailoverTimersTest
#   JARS     folders of jars, separated by colons: RocketMQ's and JUnit's (scripts/setup/jars.sh fetches them)
#   NATIVE   folders of native libraries, where they were taken out of the jars
#   REPORTS  where JUnit's XML and RocketMQ's logs go, a folder each for what runs at once
#   TIER     all: also the tests tagged "full", which `make test` leaves to `make test-all`
# The compiler's options are those of the shipped launcher (build/make-launcher.sh). Needs a JDK of 21 or later.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
: "${JARS:=$root/.hotfire/jars}" "${NATIVE:=}" "${REPORTS:=$root/.hotfire/tests/java}" "${TIER:=quick}"
work=$(mktemp -d)
beside=
# shellcheck disable=SC2086 # a list
trap '[ -z "$beside" ] || kill $beside 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
rm -f "$REPORTS"/*/TEST-*.xml
mkdir -p "$REPORTS/replication" "$REPORTS/services" "$REPORTS/others" "$REPORTS/chosen" "$work/classes"
class_path=$(echo "$JARS" | tr ':' '\n' | sed 's|$|/*|' | paste -sd: -)

find "$here/../launcher" "$here" -name '*.java' -exec \
  javac --release 21 -Xlint:all,-processing,-classfile,-path,-try -cp "$class_path" -d "$work/classes" {} +
cp -R "$here/../launcher/META-INF" "$work/classes/"

# A Java process with the tests that the options choose; JUnit's XML goes into the folder REPORTS/NAME.
# What a test leaves in its folder goes with the others at the end: RocketMQ has threads that write into it for a while after it was shut down.
# Each server of RocketMQ's would make an RSA key of its own, which takes seconds.
tests() {
  name=$1
  shift
  java -Dtls.server.mode=disabled -Xmx768m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.io.tmpdir="$work" -Djava.library.path="$NATIVE" \
    --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED \
    -Drmq.logback.configurationFile="$here/logback.xml" -Dhotfire.reports="$REPORTS/$name" -cp "$work/classes:$class_path" \
    org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --include-engine=junit-jupiter --details=tree --fail-if-no-tests \
    --reports-dir="$REPORTS/$name" --config=junit.jupiter.execution.timeout.default=60s --config=junit.jupiter.tempdir.cleanup.mode.default=never \
    --config=junit.jupiter.execution.parallel.enabled=true --config=junit.jupiter.execution.parallel.config.strategy=fixed \
    --config=junit.jupiter.execution.parallel.config.fixed.parallelism=4 "$@"
}

if [ $# -gt 0 ]; then
  tests chosen --include-classname='.*Test' "$@"
  exit
fi

# Three processes at once: they wait most of their time, and two brokers that are made at once in one process read each other's jars.
replication='.*\.(Controller.*|Newcomer|ApplyOnceStateMachine|MasterSlaveReplication|LostPushes|PacedCompares|DLedgerGroup|EntryBuffers|BrokerCondition)Test'
services='.*\.(Metadata.*|WriterServices|TimerDelivery|PopRevival)Test'
[ "$TIER" = all ] || set -- --exclude-tag=full
for part in replication services; do
  [ "$part" = replication ] && classes=$replication || classes=$services
  tests "$part" --scan-class-path="$work/classes" --include-classname="$classes" "$@" >"$work/$part.txt" 2>&1 &
  beside="$beside $!"
done
code=0
tests others --scan-class-path="$work/classes" --include-classname='.*Test' --exclude-classname="$replication" --exclude-classname="$services" "$@" || code=$?
for process in $beside; do
  wait "$process" || code=$?
done
cat "$work/replication.txt" "$work/services.txt"
exit "$code"
