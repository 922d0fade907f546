package dev.tandem.journal;

/** The answer of a command that has nothing to say but that it is done. */
public record None() {
    public static final None NONE = new None();
}
