package dev.tandem.webacd.internal.router;

import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.journal.Streams.Decider;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.engine.Decision;
import dev.tandem.webacd.internal.work.Plans.QueuePlan;
import dev.tandem.webacd.internal.work.RouterRules;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState;

/** Writes what the engine has decided, under the router's lease: one that has lost it writes nothing any more. */
final class Writer {
    private final Surroundings around;
    private final SiteId site;
    private final Lease lease;

    Writer(Surroundings around, SiteId site, Lease lease) {
        this.around = around;
        this.site = site;
        this.lease = lease;
    }

    /**
     * A decision made ready: written again with the same ids when it is not known whether it was.
     *
     * @param command of which a repeat gives the first answer
     * @param offer the id of the offer, if it becomes one
     * @param round the latest one of the item's offers of which the router has heard
     */
    record Ready(UUID command, Decision decision, UUID offer, Optional<UUID> round) {}

    /** @param round as in {@link Ready} */
    Ready ready(Decision decision, Optional<UUID> round) {
        return new Ready(around.ids().next(), decision, around.ids().next(), round);
    }

    /** What is to be stored is put into words here, for the router's own thread has others to decide on. */
    Answer<None> write(Ready ready) {
        var item = ready.decision().item().value();
        return around.book()
                .execute(new Command<>(site, item, ready.command(), "router", None.class).under(lease), decider(ready));
    }

    private Decider<WorkState, WorkFact, None> decider(Ready ready) {
        var decision = ready.decision();
        if (decision instanceof Decision.MakeOffer make) {
            var offer = ready.offer();
            var agents = make.agents().stream().map(Object::toString).toList();
            var why = Words.why(make.explanation());
            Optional<UUID> queue = make.queue().map(QueueId::value);
            return (state, now) -> RouterRules.offer(state, queue, offer, agents, make.until(), why, now);
        } else if (decision instanceof Decision.WidenOffer widen) {
            var queue = widen.queue().value();
            return (state, now) ->
                    RouterRules.widen(state, queue, ready.round(), widen.agent().value(), now);
        } else if (decision instanceof Decision.WithdrawOffer back) {
            return (state, now) -> RouterRules.withdraw(state, back.agent().value(), now);
        } else if (decision instanceof Decision.Overflow over) {
            return move(over);
        } else if (decision instanceof Decision.GrantPick grant) {
            return (state, now) -> RouterRules.grantPick(state, grant.agent().value(), now);
        } else if (decision instanceof Decision.RefusePick refuse) {
            var why = Words.why(refuse.why());
            return (state, now) -> RouterRules.refusePick(state, refuse.agent().value(), why, now);
        }
        return RouterRules::expire;
    }

    private Decider<WorkState, WorkFact, None> move(Decision.Overflow over) {
        var plan = around.plans().queue(site, over.to());
        Optional<UUID> from = over.from().map(QueueId::value);
        var why = Words.why(over.why());
        return (state, now) -> RouterRules.move(
                state,
                from,
                over.to().value(),
                why,
                WorkDesk.key(
                        plan,
                        state.submitted().map(WorkFact.Submitted::priority).orElse(0),
                        state.submitted().map(WorkFact.Submitted::at).orElse(now)),
                plan.flatMap(QueuePlan::largestWait).map(now::plus),
                now);
    }

    /** What the stream said when it was asked last. */
    WorkState state(WorkItemId item) {
        return around.book().load(site, item).state();
    }
}
