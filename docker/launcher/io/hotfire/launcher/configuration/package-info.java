/** A process's configuration: where it comes from, what is refused, which keys there are. */
package io.hotfire.launcher.configuration;
