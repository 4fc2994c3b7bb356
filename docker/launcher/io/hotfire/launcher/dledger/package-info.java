/** A broker in a DLedger group: its store, and what it does when its role changes. */
package io.hotfire.launcher.dledger;
