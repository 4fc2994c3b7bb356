#!/bin/sh
# run.sh [option…]: runs the simulation, --help says with what options.
#   JARS     folders of jars, separated by colons: RocketMQ's and the simulation's (scripts/setup/jars.sh fetches them into .hotfire/jars)
#   CLASSES  what compile.sh made; where it is not set, all is compiled first
#   JAVA_OPTS  for the JVM
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export JARS="${JARS:-$here/../../.hotfire/jars}"
if [ -z "${CLASSES:-}" ]; then
  CLASSES=$(mktemp -d)
  trap 'rm -rf "$CLASSES"' EXIT
  "$here/compile.sh" "$CLASSES"
fi
# Without RocketMQ's logging: a run would write a hundred lines a virtual second.
libraries=$(for folder in $(echo "$JARS" | tr ':' ' '); do ls "$folder"/*.jar; done | grep -v -e logback -e slf4j-api-bridge | paste -sd: -)
java -Xmx1g -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -XX:-UsePerfData -XX:MaxDirectMemorySize=1g --add-opens java.base/java.lang=ALL-UNNAMED --add-exports java.base/jdk.internal.vm=ALL-UNNAMED ${JAVA_OPTS:-} \
  -cp "$CLASSES/simulation:$here/resources:$CLASSES/launcher:$libraries" io.hotfire.simulation.Simulate "$@"
