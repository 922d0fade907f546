package dev.tandem.screen.internal;

import java.time.Instant;
import java.util.Optional;

import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession;

/**
 * What a share is relayed under. A later epoch, another one who shares, a new start: each is another grant, and nothing of the
 * one before passes any more.
 *
 * @param by who shares
 * @param epoch of control
 * @param since when it was started
 */
record Grant(ParticipantId by, long epoch, Instant since) {
    /** What is granted now, if anything is. */
    static Optional<Grant> of(SupportSession session) {
        return session.activity(ScreenRelay.NAME)
                .filter(running -> running.epoch() == session.epoch())
                .map(running -> new Grant(running.by(), running.epoch(), running.since()));
    }
}
