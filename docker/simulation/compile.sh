#!/bin/sh
# compile.sh FOLDER: compiles the launcher and its simulation into FOLDER. Needs a JDK of 21 or later and JARS, folders of jars separated by colons.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
class_path=$(echo "$JARS" | tr ':' '\n' | sed 's|$|/*|' | paste -sd: -)
rm -rf "$1"
mkdir -p "$1/launcher" "$1/simulation"
find "$here/../launcher" -name '*.java' -exec javac --release 21 -nowarn -cp "$class_path" -d "$1/launcher" {} +
# Continuations are the JDK's own: --release would hide them.
find "$here/java" -name '*.java' -exec javac -source 21 -target 21 -Xlint:all,-processing,-classfile,-path,-try,-options,-serial \
  --add-exports java.base/jdk.internal.vm=ALL-UNNAMED -cp "$1/launcher:$class_path" -d "$1/simulation" {} +
