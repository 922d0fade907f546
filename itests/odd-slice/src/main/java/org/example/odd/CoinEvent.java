package org.example.odd;

import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** What has happened to the coin of a session, as published. */
public sealed interface CoinEvent {
    /** The coin lies on the table. */
    record Landed(SiteId site, SessionId session, Side side, ParticipantId by) implements CoinEvent {}

    /** A side of a coin. */
    enum Side {
        HEADS,
        TAILS
    }
}
