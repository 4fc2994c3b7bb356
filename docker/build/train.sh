#!/bin/sh
# Build stage: runs each role for real, notes the classes it loads, and dumps them into one class data sharing archive for the image:
# /cds/rocketmq.jsa.zst. Compressed it is a quarter of its size; the entrypoint unpacks it in 0.1 s.
set -eu
home=/opt/rocketmq
work=/tmp/train
mkdir -p $work /tmp/cds
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

start() { # name, role, configuration, failover timers
  echo "train: $1"
  env ROCKETMQ_CONF="$3" JAVA_OPTS="-XX:DumpLoadedClassList=$work/$1.$(ls $work | wc -l).list -XX:SharedArchiveFile=/none" "HOTFIRE_FAILOVER=${4:-}" \
    $home/bin/entrypoint "$2" >"$work/$1.log" 2>&1 &
  eval "pid_$1=$!"
  for _ in $(seq 240); do
    grep -qs "hotfire: $2 started" "$work/$1.log" && return
    sleep 0.5
  done
  echo "train: $1 did not start:" >&2
  tail -50 "$work/$1.log" >&2
  exit 1
}

kill_now() { # name
  eval "kill -KILL \$pid_$1" || true
  eval "wait \$pid_$1" || true
}

# A graceful stop is mostly sleep: what comes next does not wait for it. `stopped` does, at the end.
stopping=
stop() { # name...
  for name; do
    eval "kill -TERM \$pid_$name" || true
    stopping="$stopping $name"
  done
}

stopped() {
  for name in $stopping; do eval "wait \$pid_$name" || true; done
  stopping=
}

send() { # group
  $home/bin/probe roundtrip --namesrv 127.0.0.1:9876 --group "$1" --topic TBW102 >$work/answer
}

use() { # group
  for _ in $(seq 240); do
    if send "$1"; then
      cat $work/answer
      for _ in 1 2 3 4 5; do send "$1" || true; done
      return
    fi
    sleep 0.5
  done
  echo "train: $1 takes no messages:" >&2
  cat $work/answer >&2
  exit 1
}

# Every broker has ports of its own, as the group before it may still be stopping.
broker() { # group, number in it, its ports' digit, configuration, failover timers
  start "$1_$2" broker "brokerName=$1
namesrvAddr=127.0.0.1:9876
listenPort=10${3}11
haListenPort=10${3}12
storePathRootDir=$work/$1_$2
$4" "${5:-}"
}

# The first members of a group are lost and come back: the classes of a switch are to be as fast to load as those of a start.
lose() { # group, how many
  use "$1"
  for lost in $(seq 0 $(($2 - 1))); do
    kill_now "$1_$lost"
    use "$1"
    "$1" "$lost"
    use "$1"
  done
}

dledger() { # its number
  broker dledger "$1" "$1" "enableDLegerCommitLog=true
dLegerGroup=dledger
dLegerPeers=n0-127.0.0.1:40911;n1-127.0.0.1:40921;n2-127.0.0.1:40931
dLegerSelfId=n$1" 'heartbeatMs=100 silenceMs=500'
}

switching() { # its number
  broker switching "$1" $((4 + $1)) 'enableControllerMode=true
controllerAddr=127.0.0.1:9878
totalReplicas=2
inSyncReplicas=1
brokerHeartbeatInterval=300
controllerHeartBeatTimeoutMills=1500'
}

start namesrv namesrv 'listenPort=9876'
case " $* " in
  *' broker '*)
    for number in 0 1 2; do dledger $number; done
    lose dledger 3
    stop dledger_0 dledger_1 dledger_2
    broker master 0 3 'brokerRole=SYNC_MASTER'
    use master
    stop master_0
    start controller controller 'controllerDLegerGroup=c
controllerDLegerPeers=n0-127.0.0.1:9878
controllerDLegerSelfId=n0
controllerStorePath=/tmp/train/controller
scanNotActiveBrokerInterval=300
scanInactiveMasterInterval=300
enableElectUncleanMaster=true'
    # Unclean, so that the slave takes over also where it was not in sync yet.
    for number in 0 1; do switching $number; done
    lose switching 1
    stop switching_0 switching_1 controller
    ;;
esac
stopped
stop namesrv
stopped

# Classes of custom loaders have a source and ids; ids differ from run to run. TLS is set up after the start, so it may load slowly.
sed -e '/ source: /d' -e 's/ id: [0-9]*.*$//' $work/*.list |
  grep -v -E '^#|^(sun/security/(ssl|x509|ec|validator|provider/certpath)|javax/net/ssl|io/netty/(handler/ssl|internal/tcnative))/' |
  awk '!seen[$0]++' >$work/classes
grep -v -e SharedArchive -e -Xshare $home/roles/namesrv >$work/options
# shellcheck disable=SC2046
java @$work/options -Xshare:dump -XX:SharedClassListFile=$work/classes -XX:SharedArchiveFile=$work/rocketmq.jsa -Xlog:all=error
ls -l $work/rocketmq.jsa
zstd -q -17 -T0 $work/rocketmq.jsa -o /tmp/cds/rocketmq.jsa.zst
