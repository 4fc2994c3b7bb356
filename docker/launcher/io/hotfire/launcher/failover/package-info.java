/**
 * How soon the leader of a DLedger group is missed, and another one elected: failure detection, backoff, votes, the
 * lease. How members vote is in {@code raft}.
 */
package io.hotfire.launcher.failover;
