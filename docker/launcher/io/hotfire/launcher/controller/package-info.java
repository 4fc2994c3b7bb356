/** A controller's DLedger group, and the replicas' info behind it. */
package io.hotfire.launcher.controller;
