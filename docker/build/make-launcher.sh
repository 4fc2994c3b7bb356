#!/bin/sh
# Build stage: compiles the launcher against RocketMQ's jars into /out/hotfire-launcher.jar.
set -eu
class_path=$(ls /jars/*/lib/*.jar | tr '\n' ':')
mkdir -p /out /tmp/classes
find /build/launcher -name '*.java' -exec javac --release 21 -Xlint:all,-processing,-classfile,-path,-try -cp "$class_path" -d /tmp/classes {} +
jar --create --date 2020-01-01T00:00:00Z --no-compress --file /out/hotfire-launcher.jar -C /tmp/classes . -C /build/launcher META-INF
touch -d '2020-01-01 00:00:00 UTC' /out/hotfire-launcher.jar
