package io.hotfire.simulation.plan;

/** Whose DLedger group it is: brokers', with plain entries, or controllers', with their state machine behind it. */
public enum Subject {
    BROKERS, CONTROLLERS
}
