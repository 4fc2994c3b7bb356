/** The message property that carries a message's `sequence`, in decimal, whichever client sends it. */
export const sequenceProperty = "hotfireSequence";
