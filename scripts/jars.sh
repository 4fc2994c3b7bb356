#!/usr/bin/env bash
# Writes docker/jars/<version>.txt: every jar of a RocketMQ release that the images need, with its checksum.
# For maintainers, when the version changes: scripts/jars.sh 5.5.0. Needs Maven and a JDK >= 17.
set -euo pipefail
version=${1:?usage: scripts/jars.sh ROCKETMQ_VERSION}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
  echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
  echo '<groupId>hotfire</groupId><artifactId>jars</artifactId><version>1</version><dependencies>'
  for artifact in namesrv broker tools proxy controller container; do
    echo "<dependency><groupId>org.apache.rocketmq</groupId><artifactId>rocketmq-$artifact</artifactId><version>$version</version></dependency>"
  done
  echo '</dependencies></project>'
} >"$work/pom.xml"
mvn -q -B -f "$work/pom.xml" dependency:copy-dependencies \
  -DincludeScope=runtime -Dmdep.useRepositoryLayout=true -DoutputDirectory="$work/jars" >&2

# In no image: other operating systems, empty aggregates, codecs that nothing calls, annotations that only a compiler reads.
unused='(osx|windows|riscv64|macos|kqueue)|netty-all-|netty-codec-(memcache|mqtt|redis|smtp|stomp|xml)-|netty-transport-(rxtx|sctp|udt)-'
unused+='|jsr305|checker-qual|error_prone_annotations|j2objc-annotations|animal-sniffer|listenablefuture-9999'
unused+='|google/android/annotations|jetbrains/annotations|tomcat/annotations-api|hamcrest|awaitility|kotlin-stdlib-common'
# Bouncy Castle makes RocketMQ's self-signed certificate; the launcher makes a cheaper one. It may be mounted as a plugin.
unused+='|bouncycastle'
# In the name server's image; the broker's has these and all others.
namesrv='rocketmq-(namesrv|controller|client|remoting|common|srvutil|tools|auth|logback-classic|slf4j-api|shaded-slf4j-api-bridge)-'
namesrv+='|/netty/|fastjson2|guava|failureaccess|commons-(lang3|cli|codec|collections|io|validator|logging)|snakeyaml'
namesrv+='|concurrentlinkedhashmap|reflections|javassist|zstd-jni|lz4-java|slf4j|opentelemetry-(api|context)-[0-9]'

list="$root/docker/jars/$version.txt"
{
  echo "# Apache RocketMQ $version from Maven Central, made by scripts/jars.sh. sha256, image (broker: not in the name server's), arch, path."
  cd "$work/jars"
  find . -name '*.jar' | sed 's|^\./||' | grep -Ev "$unused" | LC_ALL=C sort | while read -r path; do
    image=broker arch=any
    [[ /$path =~ $namesrv ]] && image=namesrv
    [[ $path == *linux-x86_64* ]] && arch=amd64
    [[ $path == *linux-aarch_64* ]] && arch=arm64
    echo "$(sha256sum "$path" | cut -d' ' -f1) $image $arch $path"
  done
} >"$list"
echo "$list: $(grep -vc '^#' "$list") jars" >&2
