/** The official Java client as the load of a drill. No process of RocketMQ runs it. */
package io.hotfire.launcher.drill;
