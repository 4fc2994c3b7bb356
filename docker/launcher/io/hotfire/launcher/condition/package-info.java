/** What a broker says of itself: whether it takes writes and why not, its direct memory, and that it runs out of it. */
package io.hotfire.launcher.condition;
