package dev.tandem.webacd.internal.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItem;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/**
 * Hands a session over to a queue or to agents. The new item is written first, the session second, and what the agent had of
 * it is finished last: whatever is refused or crashes between leaves an item whose session does not wait, which is noticed when
 * somebody takes it, and never a customer for whom nobody looks. {@link SessionSource} finishes what a crash has left.
 */
@Component(service = Transfers.class)
public final class Transfers {
    /** The most agents who are asked by name. */
    public static final int MOST_AGENTS = 20;

    private final SupportSessions sessions;
    private final Plans plans;
    private final WorkBook book;
    private final WorkDesk work;
    private final SessionSource source;

    @Activate
    public Transfers(
            @Reference SupportSessions sessions,
            @Reference Plans plans,
            @Reference WorkBook book,
            @Reference WorkDesk work,
            @Reference SessionSource source) {
        this.sessions = sessions;
        this.plans = plans;
        this.book = book;
        this.work = work;
        this.source = source;
    }

    /**
     * Hands over. The agent leaves the session by it. The same request again, by the same agent, is answered as the first,
     * whatever has become of the session meanwhile; what was left half done is done.
     *
     * @param id the session's
     * @param queue exactly one of this and agents
     * @param reason may be empty
     * @param language the agent's, in which the customer is told of the wait if nothing is known of the customer's own
     * @return the item that stands for it
     * @throws ProblemException with what is wrong
     */
    public WorkItemId transfer(
            Caller.OfAgent caller,
            UUID id,
            Optional<QueueId> queue,
            List<AgentId> agents,
            String reason,
            Locale language,
            UUID command) {
        var agent = caller.agent();
        var session = new SessionId(id);
        var submit = Ids.derived(command, "webacd.submit");
        for (var first = first(agent, session, submit); first.isPresent(); first = first(agent, session, submit)) {
            if (!WorkFact.BUSY.equals(givenUp(agent.site(), first.get()))) {
                return again(agent, session, first.get(), command);
            }
            submit = Ids.derived(submit, "webacd.submit");
        }
        var target = target(agent, queue, agents);
        checkReason(reason);
        var membership = sessions.membership(caller, session);
        mayHandOver(agent, membership);
        var now = membership.session();
        var customer = now.assisted().flatMap(now::participant);
        var before = asked(agent.site(), session);
        var request = new WorkRequest(
                agent.site(),
                SessionSource.KIND,
                session.toString(),
                target,
                customer.map(Participant::name).orElse(""),
                before.map(WorkRequest::company).orElse(""),
                customer.flatMap(Participant::language)
                        .or(() -> before.map(WorkRequest::language).filter(told -> !told.isEmpty()))
                        .orElse(language.getLanguage()),
                before.map(WorkRequest::attributes).orElse(Map.of()),
                before.map(WorkRequest::priority).orElse(0),
                Map.of(),
                reason,
                before.map(WorkRequest::answers).orElse(Map.of()),
                // Who passes it on is not waited for.
                before.flatMap(WorkRequest::preferred).filter(one -> !one.equals(agent.id())));
        var subject = customer.map(one -> "customer:" + one.id()).orElse("agent:" + agent.id());
        var item = work.submit(request, new WorkDesk.By(caller.actor(), Optional.of(agent.id()), subject), submit)
                .orElseThrow(ProblemException::refused);
        handOver(agent.site(), session, membership.participant().id(), item, command);
        return item;
    }

    private void handOver(SiteId site, SessionId session, ParticipantId by, WorkItemId item, UUID command) {
        var answer = sessions.handOver(site, session, by, Ids.derived(command, "webacd.hand-over"));
        if (answer instanceof Answer.Refused<None> refused) {
            var why = remembered(refused.refusal()) ? WorkFact.NOT_HANDED_OVER : WorkFact.BUSY;
            work.abandon(site, item, why, Ids.derived(item.value(), "webacd.abandon"));
            throw ProblemException.refused(refused.refusal());
        }
        source.passedOn(site, session);
    }

    /** Whether a repeat of the command is refused, too, and not decided anew. */
    private static boolean remembered(Refusal refusal) {
        return refusal.reason() != Refusal.Reason.BUSY && !refusal.code().equals("version-conflict");
    }

    /** What that command has submitted. @throws ProblemException 409 if that was for another session, or by another agent */
    private Optional<WorkItemId> first(Agent agent, SessionId session, UUID submit) {
        var item = book.table().submittedBy(agent.site(), submit).map(WorkItemId::new);
        item.map(known -> book.load(agent.site(), known).state().origin())
                .filter(origin -> !origin.sourceId().equals(session.toString())
                        || !origin.by().equals(Optional.of(agent.id().value())))
                .ifPresent(other -> {
                    throw new ProblemException(new Problem(
                            409, "command-id-reused", "This Idempotency-Key was used for another request."));
                });
        return item;
    }

    /** Why an item was given up before anybody had it; empty if it was not. */
    private String givenUp(SiteId site, WorkItemId item) {
        return book.load(site, item).state().phase() == Phase.ABANDONED
                ? book.history(site, item, Set.of(WorkFact.Abandoned.class)).stream()
                        .map(recorded -> ((WorkFact.Abandoned) recorded.event()).why())
                        .findFirst()
                        .orElse("")
                : "";
    }

    /** Answers as the first time, and does what was not done then: a node may have died between item and session. */
    private WorkItemId again(Agent agent, SessionId session, WorkItemId item, UUID command) {
        var site = agent.site();
        var phase = book.load(site, item).state().phase();
        // An item that somebody has done, or for which nobody waits any more, would leave a session without one.
        if (phase.waits() || phase == Phase.ASSIGNED || WorkFact.NOT_HANDED_OVER.equals(givenUp(site, item))) {
            var by = sessions.find(site, session).stream()
                    .flatMap(now -> now.participants().stream())
                    .filter(one -> one.agent().equals(Optional.of(agent.id())))
                    .map(Participant::id)
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(Problem.unknown()));
            handOver(site, session, by, item, command);
        }
        return item;
    }

    /** What the customer has told when asking for this session: nobody has to ask it again. */
    private Optional<WorkRequest> asked(SiteId site, SessionId session) {
        return book.table()
                .latestOf(site, SessionSource.KIND, session.toString())
                .flatMap(item -> work.find(site, new WorkItemId(item)))
                .map(WorkItem::request);
    }

    private Target target(Agent agent, Optional<QueueId> queue, List<AgentId> agents) {
        if (queue.isPresent() == !agents.isEmpty()) {
            throw queue.isPresent()
                    ? new ProblemException(new Problem(
                            400,
                            "target-both",
                            "A session goes to one queue or to agents, not to both.",
                            Optional.of("agents"),
                            Optional.empty()))
                    : new ProblemException(new Problem(
                            400,
                            "target-needed",
                            "Say to which queue or to which agents the session goes.",
                            Optional.of("queue"),
                            Optional.empty()));
        }
        if (queue.isPresent()) {
            work.takes(agent.site(), queue.get()).ifPresent(Transfers::refuse);
            return new Target.Queue(queue.get());
        }
        var chosen = Set.copyOf(agents);
        if (chosen.size() > MOST_AGENTS) {
            throw new ProblemException(Problem.invalid("agents", "At most " + MOST_AGENTS + " agents can be asked."));
        }
        if (chosen.contains(agent.id())) {
            throw new ProblemException(Problem.invalid("agents", "You cannot hand a session over to yourself."));
        }
        if (!plans.agents(agent.site()).keySet().containsAll(chosen)) {
            throw new ProblemException(new Problem(
                    404, "unknown-agent", "There is no such agent.", Optional.of("agents"), Optional.empty()));
        }
        return new Target.Agents(chosen);
    }

    private static void checkReason(String reason) {
        int length = reason.codePointCount(0, reason.length());
        if (length > WorkRequest.LONGEST_REASON) {
            throw new ProblemException(new Problem(
                    400,
                    "reason-too-long",
                    "The message has " + length + " characters; at most " + WorkRequest.LONGEST_REASON + " fit.",
                    Optional.of("reason"),
                    Optional.empty()));
        }
        if (reason.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw new ProblemException(Problem.invalid("reason", "A text without control characters is needed."));
        }
    }

    private void mayHandOver(Agent agent, SupportSessions.Membership membership) {
        if (!plans.agents(agent.site()).containsKey(agent.id())) {
            throw new ProblemException(
                    new Problem(403, "not-webacd-agent", "Only agents of WebACD hand sessions over."));
        }
        if (!membership.session().controls(membership.participant().id())) {
            throw new ProblemException(new Problem(403, "not-controller", "Only the agent in control can do this."));
        }
        if (!customerThere(membership.session())) {
            throw new ProblemException(new Problem(409, "no-customer", "No customer is in the session."));
        }
    }

    private static boolean customerThere(SupportSession session) {
        return session.participants().stream()
                .anyMatch(one ->
                        one.role() == Participant.Role.CUSTOMER && one.state().present());
    }

    private static void refuse(Refusal refusal) {
        throw ProblemException.refused(refusal);
    }

    /** Ids of agents, as they are sent. @throws ProblemException 400 for what cannot be one */
    public static List<AgentId> agents(List<String> sent) {
        try {
            return sent.stream().map(AgentId::new).collect(Collectors.toList());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid("agents", "An agent's id is needed."));
        }
    }
}
