package dev.tandem.webacd.internal.work;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/**
 * What the router decides, by its lease. It has decided by what it knew: whatever has become of the item meanwhile is
 * refused, so that it hears of it. Pure.
 */
public final class RouterRules {
    private RouterRules() {}

    /** @param queue where it has to wait still; empty if it is for agents by name */
    public static Decision<WorkFact, None> offer(
            WorkState state,
            Optional<UUID> queue,
            UUID offer,
            List<String> agents,
            Instant until,
            WorkFact.Why why,
            Instant now) {
        return state.queue().equals(queue) ? WorkRules.offer(state, offer, agents, until, why, now) : late();
    }

    /** @param round of which the router knows; empty if it knows of none */
    public static Decision<WorkFact, None> widen(
            WorkState state, UUID queue, Optional<UUID> round, String agent, Instant now) {
        return round.isPresent() && state.queue().equals(Optional.of(queue))
                ? WorkRules.widen(state, round.get(), agent, now)
                : late();
    }

    public static Decision<WorkFact, None> withdraw(WorkState state, String agent, Instant now) {
        return state.asked().contains(agent) ? WorkRules.withdrawFrom(state, agent, "not-there", now) : late();
    }

    public static Decision<WorkFact, None> move(
            WorkState state,
            Optional<UUID> from,
            UUID to,
            String why,
            Instant key,
            Optional<Instant> waitUntil,
            Instant now) {
        boolean still = state.queue().equals(from) && !from.equals(Optional.of(to)) && state.phase() == Phase.WAITING;
        return still ? WorkRules.move(state, to, why, key, waitUntil, now) : late();
    }

    public static Decision<WorkFact, None> expire(WorkState state, Instant now) {
        return state.phase() == Phase.WAITING ? WorkRules.expire(state, now) : late();
    }

    public static Decision<WorkFact, None> grantPick(WorkState state, String agent, Instant now) {
        return state.pick()
                .filter(asked -> asked.agent().equals(agent))
                .map(asked -> WorkRules.grantPick(state, asked.id(), now))
                .orElseGet(RouterRules::late);
    }

    public static Decision<WorkFact, None> refusePick(WorkState state, String agent, String why, Instant now) {
        return state.pick()
                .filter(asked -> asked.agent().equals(agent))
                .map(asked -> WorkRules.refusePick(state, asked.id(), why, now))
                .orElseGet(Decision::nothing);
    }

    private static Decision<WorkFact, None> late() {
        return new Decision.Refused<>(WorkRules.NOT_WAITING);
    }
}
