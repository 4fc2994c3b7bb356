#!/bin/sh
# Build stage: runs each role for real, notes the classes it loads, and dumps them into one class data sharing archive for the image:
# /cds/rocketmq.jsa.zst. Compressed it is a quarter of its size; the entrypoint unpacks it in 0.1 s.
set -eu
home=/opt/rocketmq
work=/tmp/train
mkdir -p $work /tmp/cds
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

start() { # name, role, configuration
  echo "train: $1"
  env ROCKETMQ_CONF="$3" JAVA_OPTS="-XX:DumpLoadedClassList=$work/$1.list -XX:SharedArchiveFile=/none" \
    $home/bin/entrypoint "$2" >"$work/$1.log" 2>&1 &
  eval "pid_$2=$!"
  for _ in $(seq 240); do
    grep -q "hotfire: $2 started" "$work/$1.log" && return
    sleep 0.5
  done
  echo "train: $1 did not start:" >&2
  tail -50 "$work/$1.log" >&2
  exit 1
}

stop() { # role
  eval "kill \$pid_$1 2>/dev/null; wait \$pid_$1" || true
}

use() { # name
  for _ in $(seq 120); do
    $home/bin/probe roundtrip --namesrv 127.0.0.1:9876 --group "$1" --topic TBW102 >$work/use && break
    sleep 0.5
  done
  cat $work/use
  for _ in 1 2 3 4 5; do $home/bin/probe roundtrip --namesrv 127.0.0.1:9876 --group "$1" --topic TBW102 >/dev/null; done
}

broker() { # name, more configuration
  start "$1" broker "brokerName=$1
namesrvAddr=127.0.0.1:9876
storePathRootDir=$work/$1
$2"
}

start namesrv namesrv 'listenPort=9876'
case " $* " in
  *' broker '*)
    broker dledger 'enableDLegerCommitLog=true
dLegerGroup=dledger
dLegerPeers=n0-127.0.0.1:40911
dLegerSelfId=n0'
    use dledger
    stop broker
    broker master 'brokerRole=SYNC_MASTER'
    use master
    stop broker
    start controller controller 'controllerDLegerGroup=c
controllerDLegerPeers=n0-127.0.0.1:9878
controllerDLegerSelfId=n0
controllerStorePath=/tmp/train/controller'
    broker switching 'enableControllerMode=true
controllerAddr=127.0.0.1:9878'
    use switching
    stop broker
    stop controller
    ;;
esac
stop namesrv

# Classes of custom loaders have a source and ids; ids differ from run to run. TLS is set up after the start, so it may load slowly.
sed -e '/ source: /d' -e 's/ id: [0-9]*.*$//' $work/*.list |
  grep -v -E '^#|^(sun/security/(ssl|x509|ec|validator|provider/certpath)|javax/net/ssl|io/netty/(handler/ssl|internal/tcnative))/' |
  awk '!seen[$0]++' >$work/classes
grep -v -e SharedArchive -e -Xshare $home/roles/namesrv >$work/options
# shellcheck disable=SC2046
java @$work/options -Xshare:dump -XX:SharedClassListFile=$work/classes -XX:SharedArchiveFile=$work/rocketmq.jsa -Xlog:all=error
ls -l $work/rocketmq.jsa
zstd -q -15 $work/rocketmq.jsa -o /tmp/cds/rocketmq.jsa.zst
