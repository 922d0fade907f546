package dev.tandem.outbox.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.outbox.Message.State;
import dev.tandem.outbox.internal.MailFact.Queued;

/**
 * A message as the fold of its events.
 *
 * @param letter empty before it was queued
 * @param attempt the one that is to be made, is being made, or was the last one; from 1
 * @param tries attempts since it was queued or wanted again
 * @param problem of the last attempt
 * @param next while RETRYING
 * @param node while SENDING: who does
 */
record MailState(
        Optional<Queued> letter,
        State state,
        int attempt,
        int tries,
        Optional<String> problem,
        Optional<Instant> next,
        Instant until,
        Optional<UUID> node) {

    static final MailState NONE = new MailState(
            Optional.empty(), State.QUEUED, 0, 0, Optional.empty(), Optional.empty(), Instant.EPOCH, Optional.empty());

    /** How many attempts were made, one that is under way included. */
    int made() {
        return state == State.QUEUED ? Math.max(0, attempt - 1) : attempt;
    }

    MailState after(MailFact fact) {
        if (fact instanceof Queued queued) {
            return new MailState(
                    Optional.of(queued),
                    State.QUEUED,
                    1,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    queued.until(),
                    Optional.empty());
        } else if (fact instanceof MailFact.Handing handing) {
            return new MailState(
                    letter,
                    State.SENDING,
                    attempt,
                    tries,
                    problem,
                    Optional.empty(),
                    until,
                    Optional.of(handing.node()));
        } else if (fact instanceof MailFact.Deferred deferred) {
            return new MailState(
                    letter,
                    State.RETRYING,
                    attempt,
                    tries + 1,
                    Optional.of(deferred.problem()),
                    Optional.of(deferred.next()),
                    until,
                    Optional.empty());
        } else if (fact instanceof MailFact.Due) {
            return new MailState(
                    letter, State.QUEUED, attempt + 1, tries, problem, Optional.empty(), until, Optional.empty());
        } else if (fact instanceof MailFact.Wanted wanted) {
            return new MailState(
                    letter,
                    State.QUEUED,
                    attempt + 1,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    wanted.until(),
                    Optional.empty());
        } else if (fact instanceof MailFact.Failed failed) {
            return over(State.FAILED, Optional.of(failed.problem()));
        } else if (fact instanceof MailFact.Uncertain) {
            return over(State.UNCERTAIN, Optional.of(dev.tandem.outbox.Problems.UNCERTAIN));
        } else if (fact instanceof MailFact.Sent) {
            return over(State.SENT, Optional.empty());
        }
        return over(State.CANCELLED, Optional.empty());
    }

    private MailState over(State how, Optional<String> why) {
        return new MailState(letter, how, attempt, tries, why, Optional.empty(), until, Optional.empty());
    }
}
