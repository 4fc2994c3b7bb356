#!/bin/sh
# Build step: nftables and tc. APT_MIRROR and the secret `ca` as in build/install-tools.sh; neither stays in the image.
set -eu
apt() { apt-get -o Acquire::Retries=3 "$@"; }
if [ -n "${APT_MIRROR:-}" ]; then
  . /etc/os-release
  echo "deb $APT_MIRROR $VERSION_CODENAME main" >/tmp/sources.list
  apt() { apt-get -o Acquire::Retries=3 -o Dir::Etc::sourcelist=/tmp/sources.list -o Dir::Etc::sourceparts=- "$@"; }
fi
ca=/run/secrets/ca
[ -s "$ca" ] && echo "Acquire::https::CaInfo \"$ca\";" >/etc/apt/apt.conf.d/99ca
export DEBIAN_FRONTEND=noninteractive
apt update -qq
apt install -y -qq --no-install-recommends nftables iproute2 >/dev/null
rm -rf /var/lib/apt/lists/* /var/cache/apt/* /usr/share/doc/* /usr/share/man/* /usr/share/locale/* \
  /etc/apt/apt.conf.d/99ca /tmp/sources.list
