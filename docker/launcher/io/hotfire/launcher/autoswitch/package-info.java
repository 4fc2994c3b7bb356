/** A broker of controller mode, in which AutoSwitchHAService replicates: who is in sync, what is acknowledged, which epochs a log has. */
package io.hotfire.launcher.autoswitch;
