package dev.tandem.session.internal;

import java.util.UUID;

/** An agent who has one session at once has one already. An answer, no failure of ours. */
public final class OneAtATime extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final UUID session;

    OneAtATime(UUID session) {
        super("session " + session + " lives", null, false, false);
        this.session = session;
    }

    /** The one that lives. */
    public UUID session() {
        return session;
    }
}
