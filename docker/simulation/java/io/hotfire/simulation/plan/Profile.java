package io.hotfire.simulation.plan;

/** Which members run the launcher's fast failover. */
public enum Profile {
    STOCK, FAST, MIXED;

    public boolean isFast(int member) {
        return this == FAST || this == MIXED && member % 2 == 0;
    }
}
