/** Starts one process of RocketMQ: a class a role. What it puts into that process is in the packages below; they import each other in one direction. */
package io.hotfire.launcher;
