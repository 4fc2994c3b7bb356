/** What a slave copies from its master: the log without DLedger and controllers, and topics, consumer groups and offsets in every mode. */
package io.hotfire.launcher.replication;
