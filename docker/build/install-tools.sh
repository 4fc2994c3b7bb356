#!/bin/sh
# Build stage: a JDK and what the other build scripts need. Nothing of it reaches an image.
# APT_MIRROR replaces the base image's Debian mirror; the secret `ca` is trusted for https mirrors.
set -eu
if [ -n "${APT_MIRROR:-}" ]; then
  . /etc/os-release
  rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
  echo "deb $APT_MIRROR $VERSION_CODENAME main" >/etc/apt/sources.list
fi
ca=/run/secrets/ca
[ -s "$ca" ] && echo "Acquire::https::CaInfo \"$ca\";" >/etc/apt/apt.conf.d/99ca
mkdir -p /usr/share/man/man1 # the JDK's post-install script links manual pages there
export DEBIAN_FRONTEND=noninteractive
apt-get -o Acquire::Retries=3 update -qq
apt-get -o Acquire::Retries=3 install -y -qq --no-install-recommends \
  openjdk-21-jdk-headless curl ca-certificates zip unzip zstd binutils libfaketime >/dev/null
