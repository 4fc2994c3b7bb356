#!/bin/sh
# Build stage: downloads the jars of jars/<version>.txt into /jars/{namesrv,broker}/lib, checks each, and keeps of their native
# libraries only those of TARGETARCH, as files under native/: a tmpfs /tmp is usually noexec, so RocketMQ's libraries could not
# unpack and load them there.
set -eu
list=$1
[ -f "$list" ] || { echo "no jar list $list: is ROCKETMQ_VERSION one of docker/jars/*.txt?" >&2; exit 1; }
mirror=${MAVEN_MIRROR%/}
arch=${TARGETARCH:-$(dpkg --print-architecture)}
case $arch in
  amd64) machine=x86_64 aliases='linux64\.so|linux/amd64|linux-x86-64|linux_x86_64|epoll_x86_64' ;;
  arm64) machine=aarch_64 aliases='linux-aarch64\.so|linux/aarch64|linux_aarch_64|epoll_aarch_64' ;;
  *) echo "no native libraries known for $arch" >&2; exit 1 ;;
esac
mkdir -p /jars/namesrv/lib /jars/namesrv/native /jars/broker/lib /jars/broker/native /tmp/fetch
cd /tmp/fetch

grep -v '^#' "$list" | while read -r sum image for path; do
  [ "$for" = any ] || [ "$for" = "$arch" ] || continue
  file=/jars/$image/lib/${path##*/}
  printf 'url = "%s/%s"\noutput = "%s"\n' "$mirror" "$path" "$file" >>curl.conf
  echo "$sum  $file" >>sums
done
ca=/run/secrets/ca
[ -s "$ca" ] && set -- --cacert "$ca" || set --
curl "$@" --fail --silent --show-error --location --retry 5 --retry-all-errors --connect-timeout 10 \
  --parallel --parallel-max 16 --config curl.conf
sha256sum --quiet --check sums

natives='\.(so|dll|dylib|jnilib|a|exe)$'
for jar in /jars/*/lib/*.jar; do
  unzip -Z1 "$jar" | grep -E "$natives" >found || continue
  grep -E "($aliases)" found | grep '\.so$' >mine || true
  [ -s mine ] && xargs unzip -qoj "$jar" -d "${jar%/lib/*}/native" <mine
  xargs zip -qd "$jar" <found
done
find /jars -name '*.so' -exec strip --strip-unneeded {} +
# One date for all: the CDS archives check the jars' times, and equal inputs should make equal layers.
find /jars -exec touch -d '2020-01-01 00:00:00 UTC' {} +
