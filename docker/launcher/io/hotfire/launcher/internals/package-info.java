/** RocketMQ's and DLedger's private members that the launcher reaches, and the classes whose working it rests on. */
package io.hotfire.launcher.internals;
