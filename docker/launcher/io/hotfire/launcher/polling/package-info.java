/** Threads of DLedger's and of a store's that look for work every millisecond, and rest where there is none. */
package io.hotfire.launcher.polling;
