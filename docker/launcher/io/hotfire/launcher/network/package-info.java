/** Names, connections and certificates. */
package io.hotfire.launcher.network;
