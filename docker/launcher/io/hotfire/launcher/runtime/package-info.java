/** Threads and log of a process, and the memory of its threads. */
package io.hotfire.launcher.runtime;
