#!/usr/bin/env bash
# Writes docker/launcher/META-INF/reviewed-classes.txt again, with the hashes of another RocketMQ: its names are those of the present list.
# For maintainers, who have read each class that changed: scripts/reviewed-classes.sh VERSION FOLDER_OF_JARS.
set -euo pipefail
version=${1:?usage: scripts/reviewed-classes.sh ROCKETMQ_VERSION FOLDER_OF_JARS}
jars=$(cd "${2:?usage: scripts/reviewed-classes.sh ROCKETMQ_VERSION FOLDER_OF_JARS}" && pwd)
list=$(cd "$(dirname "$0")/.." && pwd)/docker/launcher/META-INF/reviewed-classes.txt

hash() { # class
  local file=${1//.//}.class jar
  for jar in "$jars"/{dledger,rocketmq-broker,rocketmq-store,rocketmq-controller}-[0-9]*.jar; do
    unzip -p "$jar" "${file//\$/\\\$}" 2>/dev/null | sha256sum | cut -d' ' -f1 | grep -v '^e3b0c44298fc1c14' && return
  done
  echo none
}

{
  echo "# RocketMQ $version"
  echo "# sha256 of the class file, which part of RocketMQ needs it, class. Made by scripts/reviewed-classes.sh, after each of them was read."
  grep -v '^#' "$list" | while read -r _ part class; do
    echo "$(hash "$class") $part $class"
  done
} >"$list.new"
mv "$list.new" "$list"
