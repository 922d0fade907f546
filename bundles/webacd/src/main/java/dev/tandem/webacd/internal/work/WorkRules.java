package dev.tandem.webacd.internal.work;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.work.WorkFact.Submitted;
import dev.tandem.webacd.internal.work.WorkState.OfferState;
import dev.tandem.webacd.internal.work.WorkState.OneOffer;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** What may become of a work item. Pure. */
public final class WorkRules {
    /** When the open offers have not been answered. */
    static final String OFFER = "offer";
    /** When it has waited long enough. */
    static final String WAIT = "wait";
    /** When the wrap-up is over by itself. */
    static final String WRAP_UP = "wrap-up";
    /** When nobody has answered a wish to pick it, since no router lives. */
    static final String PICK = "pick";

    static final Duration PICK_WAITS = Duration.ofSeconds(5);
    /** How long one that was given back waits at least. */
    static final Duration SECOND_CHANCE = Duration.ofSeconds(30);

    /** Nobody is asked for less than that. */
    static final Duration LEAST_OFFER = Duration.ofSeconds(2);

    static final Refusal NOT_WAITING =
            new Refusal(Reason.CONFLICT, "not-waiting", "Nobody waits there any more, or somebody is asked just now.");
    public static final Refusal GONE = new Refusal(
            Reason.CONFLICT, "offer-gone", "This offer is over: a colleague was faster, or it was withdrawn.");
    static final Refusal UNKNOWN =
            new Refusal(Reason.UNKNOWN, "unknown", "There is nothing here, or it is not yours to see.");

    private WorkRules() {}

    /** What became of a pick. @param granted empty while nobody has answered */
    public record PickOutcome(Optional<Boolean> granted, Optional<String> why) {}

    static Decision<WorkFact, WorkItemId> submit(
            WorkState state, WorkItemId item, Submitted what, List<Personal> personal) {
        if (state.phase() != Phase.NONE) {
            return Decision.refuse(Reason.CONFLICT, "item-exists", "There is a work item of that id.");
        }
        var accepted = Decision.<WorkFact, WorkItemId>accept(List.of(what), item);
        for (var row : personal) {
            accepted = accepted.with(row);
        }
        return what.waitUntil().isPresent()
                ? accepted.wake(WAIT, what.waitUntil().get())
                : accepted;
    }

    /** By the router, under its lease. */
    static Decision<WorkFact, None> offer(
            WorkState state, UUID offer, List<String> to, Instant until, WorkFact.Why why, Instant now) {
        if (state.phase() != Phase.WAITING || to.isEmpty()) {
            return refuse(NOT_WAITING);
        }
        return Decision.<WorkFact>accept(List.of(new WorkFact.Offered(offer, to, now, until, why)))
                .wake(OFFER, until);
    }

    /**
     * By the router, under its lease: whoever has come meanwhile is asked, too. Whoever was asked in this round and is not any
     * more may come back only if it was taken back from them, as when their page had gone.
     */
    static Decision<WorkFact, None> widen(WorkState state, UUID offer, String agent, Instant now) {
        boolean still = state.until(offer)
                .filter(until -> !until.isBefore(now.plus(LEAST_OFFER)))
                .isPresent();
        boolean fresh = state.offer(offer, agent)
                .filter(one -> one.state() != OfferState.WITHDRAWN)
                .isEmpty();
        return still && fresh
                ? Decision.accept(List.of(new WorkFact.Widened(offer, List.of(agent), now)))
                : refuse(NOT_WAITING);
    }

    /** First wins. A repeat by the winner is accepted. */
    static Decision<WorkFact, None> accept(WorkState state, UUID offer, String agent, Instant now) {
        var mine = state.offer(offer, agent);
        if (mine.filter(one -> one.state() == OfferState.ACCEPTED).isPresent()
                && state.phase().loads()) {
            return Decision.nothing();
        }
        if (mine.filter(OneOffer::pending).isEmpty() || state.phase() != Phase.OFFERED) {
            return refuse(GONE);
        }
        return settled(state, List.of(new WorkFact.Accepted(offer, agent, now)));
    }

    /** Declining what is over already changes nothing. */
    static Decision<WorkFact, None> decline(WorkState state, UUID offer, String agent, Instant now) {
        var mine = state.offer(offer, agent);
        if (mine.filter(one -> one.state() == OfferState.DECLINED).isPresent()) {
            return Decision.nothing();
        }
        if (mine.filter(OneOffer::pending).isEmpty() || state.phase() != Phase.OFFERED) {
            return refuse(GONE);
        }
        return failed(state, new WorkFact.Declined(offer, agent, now), now);
    }

    /** From all who are still asked. @param offer which round; nothing happens if it is over */
    static Decision<WorkFact, None> withdraw(WorkState state, UUID offer, String why, Instant now) {
        var open = state.pending().stream()
                .filter(one -> one.id().equals(offer))
                .map(OneOffer::agent)
                .toList();
        return open.isEmpty() ? Decision.nothing() : failed(state, new WorkFact.Withdrawn(offer, open, why, now), now);
    }

    /** From one agent, whatever the round. */
    static Decision<WorkFact, None> withdrawFrom(WorkState state, String agent, String why, Instant now) {
        return state.pending().stream()
                .filter(one -> one.agent().equals(agent))
                .findFirst()
                .<Decision<WorkFact, None>>map(
                        one -> failed(state, new WorkFact.Withdrawn(one.id(), List.of(agent), why, now), now))
                .orElse(Decision.nothing());
    }

    /**
     * To another queue, with its first waiting time.
     *
     * @param key its place there
     */
    static Decision<WorkFact, None> move(
            WorkState state, UUID queue, String why, Instant key, Optional<Instant> waitUntil, Instant now) {
        if (!state.phase().waits()) {
            return refuse(NOT_WAITING);
        }
        if (state.queue().equals(Optional.of(queue))) {
            return Decision.nothing();
        }
        var moved = settled(state, List.of(new WorkFact.Moved(state.queue(), queue, why, key, waitUntil, now)));
        return waitUntil.isPresent() ? moved.wake(WAIT, waitUntil.get()) : moved;
    }

    static Decision<WorkFact, None> askToPick(WorkState state, UUID pick, String agent, Instant now) {
        if (state.pick().filter(one -> one.id().equals(pick)).isPresent()) {
            return Decision.nothing();
        }
        if (state.phase() != Phase.WAITING || state.pick().isPresent()) {
            return refuse(NOT_WAITING);
        }
        return Decision.<WorkFact>accept(List.of(new WorkFact.PickAsked(pick, agent, now)))
                .wake(PICK, now.plus(PICK_WAITS));
    }

    /** By the router, under its lease. */
    static Decision<WorkFact, None> grantPick(WorkState state, UUID pick, Instant now) {
        var asked = state.pick().filter(one -> one.id().equals(pick));
        if (asked.isEmpty() || state.phase() != Phase.WAITING) {
            return refuse(NOT_WAITING);
        }
        return settled(state, List.of(new WorkFact.PickGranted(pick, asked.get().agent(), now)));
    }

    static Decision<WorkFact, None> refusePick(WorkState state, UUID pick, String why, Instant now) {
        return state.pick().filter(one -> one.id().equals(pick)).isEmpty()
                ? Decision.nothing()
                : Decision.<WorkFact>accept(List.of(new WorkFact.PickRefused(pick, why, now)))
                        .calm(PICK);
    }

    /** Who has it cannot take it. */
    static Decision<WorkFact, None> giveBack(WorkState state, String agent, String why, Instant now) {
        if (state.phase() != Phase.ASSIGNED || !state.agent().equals(Optional.of(agent))) {
            return Decision.nothing();
        }
        var back = Decision.<WorkFact>accept(List.of(new WorkFact.GivenBack(agent, why, now)));
        return state.waitUntil()
                .map(until -> back.wake(WAIT, until.isAfter(now.plus(SECOND_CHANCE)) ? until : now.plus(SECOND_CHANCE)))
                .orElse(back);
    }

    /** Another agent has it from now on; nothing else changes. */
    static Decision<WorkFact, None> pass(WorkState state, String to, Instant now) {
        if (state.phase() != Phase.ASSIGNED || state.agent().equals(Optional.of(to))) {
            return Decision.nothing();
        }
        return Decision.accept(List.of(new WorkFact.Passed(state.agent().orElseThrow(), to, now)));
    }

    static Decision<WorkFact, None> tell(
            WorkState state, Optional<Integer> position, Optional<Long> seconds, Instant now) {
        boolean news = state.phase().waits()
                && (position.isPresent() || seconds.isPresent())
                && state.told()
                        .filter(last -> last.position().equals(position)
                                && last.seconds().equals(seconds))
                        .isEmpty();
        return news ? Decision.accept(List.of(new WorkFact.Told(position, seconds, now))) : Decision.nothing();
    }

    /**
     * The work is over.
     *
     * @param wrapUp how long the agent may take afterwards
     */
    static Decision<WorkFact, None> finish(WorkState state, Duration wrapUp, Instant now) {
        if (state.phase() != Phase.ASSIGNED) {
            return Decision.nothing();
        }
        var agent = state.agent().orElseThrow();
        if (wrapUp.isZero() || wrapUp.isNegative()) {
            return Decision.accept(List.of(new WorkFact.Done(agent, now)));
        }
        var until = now.plus(wrapUp);
        return Decision.<WorkFact>accept(List.of(new WorkFact.WrapUp(agent, until, now)))
                .wake(WRAP_UP, until);
    }

    /** By who has it. */
    static Decision<WorkFact, None> finishWrapUp(WorkState state, String agent, Instant now) {
        if (!state.agent().equals(Optional.of(agent))) {
            return refuse(UNKNOWN);
        }
        if (state.phase() == Phase.DONE) {
            return Decision.nothing();
        }
        if (state.phase() != Phase.WRAP_UP) {
            return refuse(new Refusal(Reason.CONFLICT, "not-wrap-up", "The work itself is not over yet."));
        }
        return Decision.<WorkFact>accept(List.of(new WorkFact.Done(agent, now))).calm(WRAP_UP);
    }

    /** Nobody needs it any more. One that an agent has is finished instead. */
    static Decision<WorkFact, None> abandon(WorkState state, String why, Instant now) {
        return state.phase().waits() ? settled(state, List.of(new WorkFact.Abandoned(why, now))) : Decision.nothing();
    }

    /** It has waited long enough; whoever is asked just now may still take it. */
    static Decision<WorkFact, None> expire(WorkState state, Instant now) {
        return state.phase() == Phase.WAITING ? settled(state, List.of(new WorkFact.Expired(now))) : Decision.nothing();
    }

    static Decision<WorkFact, None> due(WorkState state, String deadline, Instant now) {
        switch (deadline) {
            case OFFER:
                var late = state.pending().stream()
                        .filter(one -> !one.until().isAfter(now))
                        .toList();
                return late.isEmpty()
                        ? Decision.nothing()
                        : failed(
                                state,
                                new WorkFact.Unanswered(
                                        late.get(0).id(),
                                        late.stream().map(OneOffer::agent).toList(),
                                        now),
                                now);
            case WAIT:
                return state.waitUntil().filter(until -> !until.isAfter(now)).isPresent()
                        ? expire(state, now)
                        : Decision.nothing();
            case WRAP_UP:
                return state.phase() == Phase.WRAP_UP
                        ? Decision.accept(
                                List.of(new WorkFact.Done(state.agent().orElseThrow(), now)))
                        : Decision.nothing();
            case PICK:
                return state.pick()
                        .map(asked -> refusePick(state, asked.id(), "no-router", now))
                        .orElse(Decision.nothing());
            default:
                return Decision.nothing();
        }
    }

    /** Offers have come to nothing. If it waits again and has waited long enough, that was it. */
    private static Decision.Accepted<WorkFact, None> failed(WorkState state, WorkFact fact, Instant now) {
        var after = state.with(fact);
        if (after.phase() != Phase.WAITING) {
            return Decision.accept(List.of(fact));
        }
        if (after.waitUntil().filter(until -> !until.isAfter(now)).isPresent()) {
            return settled(state, List.of(fact, new WorkFact.Expired(now)));
        }
        return Decision.<WorkFact>accept(List.of(fact)).calm(OFFER);
    }

    /** Nothing that it was waiting for counts any more. */
    private static Decision.Accepted<WorkFact, None> settled(WorkState state, List<? extends WorkFact> facts) {
        var all = new ArrayList<WorkFact>(facts);
        var accepted = Decision.<WorkFact>accept(all);
        if (state.waitUntil().isPresent()) {
            accepted = accepted.calm(WAIT);
        }
        if (!state.pending().isEmpty()) {
            accepted = accepted.calm(OFFER);
        }
        return state.pick().isPresent() ? accepted.calm(PICK) : accepted;
    }

    private static Decision<WorkFact, None> refuse(Refusal refusal) {
        return new Decision.Refused<>(refusal);
    }
}
