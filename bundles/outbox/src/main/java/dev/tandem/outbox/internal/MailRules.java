package dev.tandem.outbox.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.outbox.Message.State;
import dev.tandem.outbox.MessageId;
import dev.tandem.outbox.Problems;

/** What may happen to a message. Pure functions. */
final class MailRules {
    /** It is tried again. */
    static final String NEXT = "next";
    /** It is given up. */
    static final String UNTIL = "until";
    /** Whoever hands it over must have heard by then. */
    static final String HANDING = "handing";

    /** How long it is tried. */
    static final Duration PATIENCE = Duration.ofDays(1);
    /** Longer than any answer is waited for, see {@link SmtpServer}. */
    static final Duration LONGEST_HANDING = Duration.ofMinutes(30);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4));

    private static final Refusal UNKNOWN = new Refusal(Reason.UNKNOWN, "unknown", "There is no such message.");

    private MailRules() {}

    /** The pause after so many attempts. */
    static Duration pause(int tries) {
        return PAUSES.get(Math.min(tries, PAUSES.size() - 1));
    }

    static Decision<MailFact, MessageId> queue(MailState state, MailFact.Queued queued, MessageId id) {
        if (state.letter().isPresent()) {
            return Decision.accept(List.of(), id);
        }
        return Decision.<MailFact, MessageId>accept(List.of(queued), id).wake(UNTIL, queued.until());
    }

    /** The right to hand over the last line, given once for each attempt. */
    static Decision<MailFact, None> hand(MailState state, Instant now, int attempt, UUID node) {
        if (state.state() != State.QUEUED || state.attempt() != attempt) {
            return Decision.refuse(Reason.CONFLICT, "not-queued", "This message is not waiting to be handed over.");
        }
        return Decision.<MailFact>accept(List.of(new MailFact.Handing(attempt, node)))
                .wake(HANDING, now.plus(LONGEST_HANDING));
    }

    /**
     * Notes what an attempt came to. Who made it knows better than who has waited for it in vain: an answer that comes late
     * settles what was uncertain.
     */
    static Decision<MailFact, None> outcome(MailState state, Instant now, int attempt, Outcome outcome) {
        boolean open = state.state() == State.QUEUED
                || state.state() == State.SENDING
                || state.state() == State.UNCERTAIN && !(outcome instanceof Outcome.Unknown);
        if (!open || state.attempt() != attempt) {
            return Decision.nothing();
        }
        if (outcome instanceof Outcome.Delivered) {
            return last(new MailFact.Sent(attempt));
        } else if (outcome instanceof Outcome.Never never) {
            return last(new MailFact.Failed(attempt, never.problem()));
        } else if (outcome instanceof Outcome.Later later) {
            var next = now.plus(pause(state.tries()));
            if (next.isAfter(state.until())) {
                return last(new MailFact.Failed(attempt, later.problem()));
            }
            return Decision.<MailFact>accept(List.of(new MailFact.Deferred(attempt, later.problem(), next)))
                    .calm(HANDING)
                    .wake(NEXT, next);
        } else if (outcome instanceof Outcome.Unknown) {
            return last(new MailFact.Uncertain(attempt));
        }
        return Decision.nothing();
    }

    /** The node that was handing it over is dead. */
    static Decision<MailFact, None> orphaned(MailState state, UUID node) {
        return state.state() == State.SENDING
                        && state.node().filter(node::equals).isPresent()
                ? last(new MailFact.Uncertain(state.attempt()))
                : Decision.nothing();
    }

    /** What waits for its next attempt is tried now: the mail server is another one, or is back. */
    static Decision<MailFact, None> hurry(MailState state) {
        return state.state() == State.RETRYING
                ? Decision.<MailFact>accept(List.of(new MailFact.Due())).calm(NEXT)
                : Decision.nothing();
    }

    static Decision<MailFact, None> again(MailState state, Instant now) {
        if (state.letter().isEmpty()) {
            return new Decision.Refused<>(UNKNOWN);
        }
        return switch (state.state()) {
            case QUEUED, SENDING -> Decision.nothing();
            case RETRYING, FAILED, UNCERTAIN -> {
                var until = now.plus(PATIENCE);
                yield Decision.<MailFact>accept(List.of(new MailFact.Wanted(until)))
                        .calm(NEXT)
                        .wake(UNTIL, until);
            }
            case SENT -> Decision.refuse(Reason.CONFLICT, "message-sent", "This message has been sent.");
            case CANCELLED -> Decision.refuse(
                    Reason.CONFLICT, "message-cancelled", "This message is not wanted any more.");
        };
    }

    static Decision<MailFact, None> cancel(MailState state) {
        if (state.letter().isEmpty()) {
            return new Decision.Refused<>(UNKNOWN);
        }
        return state.state() == State.QUEUED || state.state() == State.RETRYING
                ? last(new MailFact.Cancelled())
                : Decision.nothing();
    }

    static Decision<MailFact, None> due(MailState state, String deadline, Instant now) {
        return switch (deadline) {
            case NEXT -> state.next().filter(at -> !at.isAfter(now)).isPresent() ? hurry(state) : Decision.nothing();
            case HANDING -> state.state() == State.SENDING
                    ? last(new MailFact.Uncertain(state.attempt()))
                    : Decision.nothing();
            case UNTIL -> {
                boolean waits = state.state() == State.QUEUED || state.state() == State.RETRYING;
                // Nobody has taken it in all that time, since nobody has a server to hand it to.
                var problem = state.problem().orElse(Problems.NOT_CONFIGURED);
                yield waits && !state.until().isAfter(now)
                        ? last(new MailFact.Failed(state.attempt(), problem))
                        : Decision.nothing();
            }
            default -> Decision.nothing();
        };
    }

    private static Decision<MailFact, None> last(MailFact fact) {
        return Decision.<MailFact>accept(List.of(fact)).calm(NEXT).calm(HANDING).calm(UNTIL);
    }
}
