/** The services that only a broker that writes has: transactions, delayed messages, timers, POP's revival. */
package io.hotfire.launcher.services;
