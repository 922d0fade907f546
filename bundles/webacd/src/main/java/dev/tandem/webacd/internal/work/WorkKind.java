package dev.tandem.webacd.internal.work;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.Offer;
import dev.tandem.webacd.OfferId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkEvent;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.work.WorkFact.Submitted;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** Streams of kind {@code work-item}, and the one place where stored events become published ones. */
final class WorkKind implements StreamKind<WorkState, WorkFact> {
    private final WorkBook.Listener bell;
    private final Copies copies;

    /** @param bell hears each event after it is durable, and returns at once */
    WorkKind(WorkBook.Listener bell, Copies copies) {
        this.bell = bell;
        this.copies = copies;
    }

    @Override
    public String name() {
        return "work-item";
    }

    @Override
    public EventTypes<WorkFact> events() {
        return WorkFact.TYPES;
    }

    @Override
    public WorkState initial() {
        return WorkState.NONE;
    }

    @Override
    public WorkState evolve(WorkState state, WorkFact event) {
        return state.with(event);
    }

    @Override
    public void project(Sql sql, Recorded<WorkFact> event, WorkState after) throws SQLException {
        WorkTable.project(sql, event, after);
    }

    @Override
    public Decision<WorkFact, None> due(WorkState state, String deadline, Instant now) {
        return WorkRules.due(state, deadline, now);
    }

    @Override
    public List<Object> publish(Recorded<WorkFact> recorded, WorkState after) {
        var site = recorded.site();
        var item = new WorkItemId(recorded.stream());
        var source = after.origin().source();
        var sourceId = after.origin().sourceId();
        var fact = recorded.event();
        if (fact instanceof Submitted submitted) {
            return List.of(new WorkEvent.Submitted(site, item, source, sourceId, target(submitted)));
        } else if (fact instanceof WorkFact.Offered offered) {
            var agents = offered.agents().stream().map(AgentId::new).collect(Collectors.toSet());
            return List.of(new WorkEvent.Offered(
                    site, item, source, sourceId, new OfferId(offered.offer()), agents, offered.until()));
        } else if (fact instanceof WorkFact.Widened widened) {
            var agents = widened.agents().stream().map(AgentId::new).collect(Collectors.toSet());
            var until = after.until(widened.offer());
            return List.of(new WorkEvent.Offered(
                    site, item, source, sourceId, new OfferId(widened.offer()), agents, until.orElse(widened.at())));
        } else if (fact instanceof WorkFact.Accepted accepted) {
            return List.of(new WorkEvent.Assigned(site, item, source, sourceId, new AgentId(accepted.agent())));
        } else if (fact instanceof WorkFact.PickGranted granted) {
            return List.of(new WorkEvent.Assigned(site, item, source, sourceId, new AgentId(granted.agent())));
        } else if (fact instanceof WorkFact.Declined declined) {
            return returned(recorded, after, declined.offer(), Offer.State.DECLINED);
        } else if (fact instanceof WorkFact.Unanswered unanswered) {
            return returned(recorded, after, unanswered.offer(), Offer.State.EXPIRED);
        } else if (fact instanceof WorkFact.Withdrawn withdrawn) {
            return returned(recorded, after, withdrawn.offer(), Offer.State.WITHDRAWN);
        } else if (fact instanceof WorkFact.Moved moved) {
            return List.of(new WorkEvent.Moved(
                    site,
                    item,
                    source,
                    sourceId,
                    moved.from().map(QueueId::new),
                    new QueueId(moved.queue()),
                    moved.why()));
        } else if (fact instanceof WorkFact.Passed passed) {
            return List.of(new WorkEvent.Passed(
                    site, item, source, sourceId, new AgentId(passed.from()), new AgentId(passed.to())));
        } else if (fact instanceof WorkFact.Told told) {
            return List.of(new Aside.Wait(site, item, source, sourceId, told.position(), told.seconds()));
        } else if (fact instanceof WorkFact.WrapUp wrapUp) {
            return List.of(
                    new WorkEvent.WrapUp(site, item, source, sourceId, new AgentId(wrapUp.agent()), wrapUp.until()));
        } else if (fact instanceof WorkFact.Done) {
            return List.of(new WorkEvent.Done(site, item, source, sourceId));
        } else if (fact instanceof WorkFact.Abandoned abandoned) {
            return List.of(new WorkEvent.Abandoned(site, item, source, sourceId, abandoned.why()));
        } else if (fact instanceof WorkFact.Expired) {
            return List.of(new WorkEvent.Expired(site, item, source, sourceId));
        }
        return List.of();
    }

    /** Only once nobody is asked any more. */
    private static List<Object> returned(Recorded<WorkFact> recorded, WorkState after, UUID offer, Offer.State why) {
        var all = new ArrayList<Object>();
        if (recorded.event() instanceof WorkFact.Unanswered && after.offers().size() == 1) {
            var silent = after.offers().get(0).agent();
            all.add(new Aside.NoAnswer(recorded.site(), new WorkItemId(recorded.stream()), silent));
        }
        if (after.phase() == Phase.WAITING) {
            all.add(new WorkEvent.Returned(
                    recorded.site(),
                    new WorkItemId(recorded.stream()),
                    after.origin().source(),
                    after.origin().sourceId(),
                    new OfferId(offer),
                    why));
        }
        return all;
    }

    static Target target(Submitted submitted) {
        return submitted
                .queue()
                .<Target>map(queue -> new Target.Queue(new QueueId(queue)))
                .orElseGet(() -> new Target.Agents(
                        submitted.agents().stream().map(AgentId::new).collect(Collectors.toSet())));
    }

    @Override
    public void erase(Sql sql, SiteId site, String subject) throws SQLException {
        KnownTable.erase(sql, site, subject);
        copies.erase(sql, site, subject);
    }

    @Override
    public void committed(Recorded<WorkFact> event, WorkState after) {
        bell.committed(event, after);
    }
}
