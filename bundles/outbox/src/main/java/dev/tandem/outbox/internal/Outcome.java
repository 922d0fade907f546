package dev.tandem.outbox.internal;

/** What one attempt came to. */
sealed interface Outcome {
    /** The server has said that it has it. */
    record Delivered() implements Outcome {}

    /** The server does not have it; later it may work. */
    record Later(String problem) implements Outcome {}

    /** The server does not have it, and there is no use in trying again. */
    record Never(String problem) implements Outcome {}

    /** The last line has gone, and no answer came. */
    record Unknown() implements Outcome {}

    /** Nothing was handed over, since it was not ours to hand over any more. Nothing is to be noted. */
    record NotOurs() implements Outcome {}
}
