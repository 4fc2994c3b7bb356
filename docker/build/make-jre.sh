#!/bin/sh
# Build stage: a Java runtime with the modules that RocketMQ's jars use, and jcmd for diagnosis.
set -eu
modules=java.base,java.logging,java.management,java.naming,java.rmi,java.security.sasl,java.sql,java.xml
modules=$modules,jdk.attach,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent
modules=$modules,jdk.naming.dns,jdk.unsupported,jdk.zipfs
jlink --add-modules "$modules" --vm server --strip-debug --no-man-pages --no-header-files --compress "${JRE_COMPRESS:-zip-6}" --output /opt/java
# 4.6 MB of names of the VM's own functions, which only its crash reports and native profilers would tell.
strip --strip-unneeded /opt/java/lib/server/libjvm.so
