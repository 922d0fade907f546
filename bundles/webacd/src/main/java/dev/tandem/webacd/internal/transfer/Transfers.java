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

/**
 * Hands a session over to a queue or to agents. The item is written first and the session second: whatever crashes between
 * leaves an item whose session does not wait, which is noticed when somebody takes it, and never a customer for whom nobody
 * looks.
 */
@Component(service = Transfers.class)
public final class Transfers {
    /** The most agents who are asked by name. */
    public static final int MOST_AGENTS = 20;

    private final SupportSessions sessions;
    private final Plans plans;
    private final WorkBook book;
    private final WorkDesk work;

    @Activate
    public Transfers(
            @Reference SupportSessions sessions,
            @Reference Plans plans,
            @Reference WorkBook book,
            @Reference WorkDesk work) {
        this.sessions = sessions;
        this.plans = plans;
        this.book = book;
        this.work = work;
    }

    /**
     * Hands over. The agent leaves the session by it.
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
        var target = target(agent, queue, agents);
        checkReason(reason);
        var membership = sessions.membership(caller, session);
        mayHandOver(agent, membership);
        var now = membership.session();
        var customer = now.assisted().flatMap(now::participant);
        // What the agent has of this session is done; the wrap-up begins.
        book.table()
                .livingOf(agent.site(), SessionSource.KIND, session.toString())
                .ifPresent(item ->
                        work.finish(agent.site(), new WorkItemId(item), Ids.derived(command, "webacd.passed-on")));
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
        var item = work.submit(
                        request,
                        new WorkDesk.By(caller.actor(), Optional.of(agent.id()), subject),
                        Ids.derived(command, "webacd.submit"))
                .orElseThrow(ProblemException::refused);
        var handedOver = sessions.handOver(
                agent.site(), session, membership.participant().id(), Ids.derived(command, "webacd.hand-over"));
        if (handedOver instanceof Answer.Refused<None> refused) {
            work.abandon(agent.site(), item, "not-handed-over", Ids.derived(command, "webacd.abandon"));
            throw ProblemException.refused(refused.refusal());
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
