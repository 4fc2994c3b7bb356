#!/bin/sh
# Compiles the launcher and its tests and runs them: run.sh [option of JUnit's console…], e.g. run.sh --select-class=io.hotfire.launcher.FailoverTimersTest
#   JARS     folders of jars, separated by colons: RocketMQ's and JUnit's (scripts/setup/jars.sh fetches them)
#   NATIVE   folders of native libraries, where they were taken out of the jars
#   REPORTS  where JUnit's XML and RocketMQ's log go
# The compiler's options are those of the shipped launcher (build/make-launcher.sh). Needs a JDK of 21 or later.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
: "${JARS:=$root/.hotfire/jars}" "${NATIVE:=}" "${REPORTS:=$root/.hotfire/tests/java}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f "$REPORTS"/TEST-*.xml
mkdir -p "$REPORTS" "$work/classes"
class_path=$(echo "$JARS" | tr ':' '\n' | sed 's|$|/*|' | paste -sd: -)

find "$here/../launcher" "$here" -name '*.java' -exec \
  javac --release 21 -Xlint:all,-processing,-classfile,-path,-try -cp "$class_path" -d "$work/classes" {} +
cp -R "$here/../launcher/META-INF" "$work/classes/"

[ $# -gt 0 ] || set -- --scan-class-path="$work/classes"
# Each server of RocketMQ's would make an RSA key of its own, which takes seconds.
java -Dtls.server.mode=disabled -Xmx768m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.io.tmpdir="$work" -Djava.library.path="$NATIVE" \
  --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED \
  -Drmq.logback.configurationFile="$here/logback.xml" -Dhotfire.reports="$REPORTS" -cp "$work/classes:$class_path" \
  org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --include-engine=junit-jupiter --details=tree --fail-if-no-tests \
  --include-classname='.*Test' --reports-dir="$REPORTS" --config=junit.jupiter.execution.timeout.default=60s \
  --config=junit.jupiter.execution.parallel.enabled=true --config=junit.jupiter.execution.parallel.config.strategy=fixed \
  --config=junit.jupiter.execution.parallel.config.fixed.parallelism=4 "$@"
