#!/bin/sh
# Build stage: /opt/rocketmq/roles/<role>, the JVM options of each role of an image: class path in a fixed order (CDS archives depend
# on it), native libraries, CDS archive, logging.
set -eu
home=/opt/rocketmq
mkdir -p $home/roles $home/plugins
class_path=$(ls $home/lib/*.jar | tr '\n' ':')
for role in "$@"; do
  cat >"$home/roles/$role" <<OPTIONS
--add-opens=java.base/java.nio=ALL-UNNAMED
--add-opens=java.base/sun.nio.ch=ALL-UNNAMED
--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED
-XX:SharedArchiveFile=/run/rocketmq/rocketmq.jsa
-Xshare:auto
-Xlog:disable
-Xlog:all=error:stderr
-XX:+ExitOnOutOfMemoryError
-XX:-UsePerfData
-XX:+ErrorFileToStdout
-Djava.library.path=$home/native
-Drocketmq.home.dir=$home
-Drmq.logback.configurationFile=$home/conf/logback.xml
-Duser.home=/var/lib/rocketmq
-cp ${class_path%:}:$home/plugins/*
OPTIONS
done
