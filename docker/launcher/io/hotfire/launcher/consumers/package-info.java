/** What a broker knows of its consumers: their connections and their subscriptions. */
package io.hotfire.launcher.consumers;
