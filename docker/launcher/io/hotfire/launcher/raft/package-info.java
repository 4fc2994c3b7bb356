/**
 * A member of a DLedger group, of brokers or of controllers, that loses no vote and no committed entry: term and vote on
 * disk, the log, and how a leader replicates it.
 */
package io.hotfire.launcher.raft;
