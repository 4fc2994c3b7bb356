/** A broker's registration with its name servers. */
package io.hotfire.launcher.nameserver;
