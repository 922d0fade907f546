package dev.tandem.webacd.internal.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Streams;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.Offer;
import dev.tandem.webacd.OfferId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItem;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkItems;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.work.Plans.QueuePlan;
import dev.tandem.webacd.internal.work.WorkState.OfferState;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** Work items for whoever submits them. */
@Component(service = {WorkItems.class, WorkDesk.class})
public final class WorkDesk implements WorkItems {
    /** The question of a form whose answer is the company. */
    public static final String COMPANY = "company";

    /** Names of sources and of what they call things. */
    private static final int LONGEST_ID = 128;

    private static final Refusal FULL =
            new Refusal(Reason.CONFLICT, "queue-full", "As many as may wait in this queue wait already.");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private final WorkBook book;
    private final Plans plans;
    private final Waits waits;
    private final Ids ids;
    private final Sealer sealer;
    private final Clock clock;

    @Activate
    public WorkDesk(
            @Reference WorkBook book,
            @Reference Plans plans,
            @Reference Waits waits,
            @Reference Ids ids,
            @Reference Sealer sealer,
            @Reference Clock clock) {
        this.book = book;
        this.plans = plans;
        this.waits = waits;
        this.ids = ids;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** Who submits, and whom it is about: an erasure of that person erases what stands in the item. */
    public record By(String actor, Optional<AgentId> agent, String subject) {}

    @Override
    public Answer<WorkItemId> submit(WorkRequest request, UUID command) {
        var about = "work:" + request.source() + "/" + request.sourceId();
        return submit(request, new By("system", Optional.empty(), about), command);
    }

    /** @param by may be an agent who passes on what is theirs */
    public Answer<WorkItemId> submit(WorkRequest request, By by, UUID command) {
        var refusal = refusal(request, by.agent());
        if (refusal.isPresent()) {
            return done(request.site(), command).orElseGet(() -> new Answer.Refused<>(refusal.get()));
        }
        var item = ids.next();
        var personal = new ArrayList<Personal>();
        var name = seal(personal, by.subject(), request.name());
        var reason = seal(personal, by.subject(), request.reason());
        var answers = seal(personal, by.subject(), json(request.answers()));
        var attributes = seal(personal, by.subject(), json(request.attributes()));
        var queue = queue(request.target());
        var plan = queue.flatMap(id -> plans.queue(request.site(), id));
        var agents = request.target() instanceof Target.Agents named
                ? named.agents().stream().map(AgentId::value).sorted().toList()
                : List.<String>of();
        var patience = patience(request.site(), plan);
        var begin = new Command<>(request.site(), item, command, by.actor(), WorkItemId.class).beginning();
        return exactly(begin, (state, now) -> {
            var submitted = new WorkFact.Submitted(
                    request.source(),
                    request.sourceId(),
                    queue.map(QueueId::value),
                    agents,
                    request.priority(),
                    new TreeMap<>(request.skills()),
                    request.preferred().map(AgentId::value),
                    key(plan, request.priority(), now),
                    patience.map(now::plus),
                    plan.map(one -> one.facts().largest()).filter(largest -> largest > 0),
                    request.language(),
                    known(request),
                    by.agent().map(AgentId::value),
                    name,
                    reason,
                    answers,
                    attributes,
                    Optional.of(command),
                    now);
            return WorkRules.submit(state, new WorkItemId(item), submitted, personal);
        });
    }

    /** A company that somebody has typed into a form stands with the other answers, and is forgotten with them. */
    private static Optional<String> known(WorkRequest request) {
        return Optional.of(request.company())
                .filter(company -> !company.isBlank())
                .filter(company -> !company.equals(request.answers().get(COMPANY)));
    }

    /** The company of an item; empty if there is none, or who has told it was forgotten. */
    public String company(SiteId site, WorkFact.Submitted origin) {
        return origin.company()
                .orElseGet(() -> texts(book.text(site, origin.answers())).getOrDefault(COMPANY, ""));
    }

    /** Whatever was counted before: the writing transaction counts again, alone in its site. */
    private Answer<WorkItemId> exactly(
            Command<WorkItemId> command, Streams.Decider<WorkState, WorkFact, WorkItemId> decider) {
        try {
            var answer = book.execute(command, decider);
            return answer instanceof Answer.Refused<WorkItemId>
                    ? done(command.site(), command.id()).orElse(answer)
                    : answer;
        } catch (RuntimeException e) {
            if (!WorkTable.Beyond.is(e)) {
                throw e;
            }
            return new Answer.Refused<>(FULL);
        }
    }

    /** What a command of {@link #submit} has come to: a repeat is answered as the first, whatever has changed meanwhile. */
    private Optional<Answer<WorkItemId>> done(SiteId site, UUID command) {
        return book.table()
                .submittedBy(site, command)
                .map(item -> new Answer.Accepted<>(
                        new WorkItemId(item),
                        book.load(site, new WorkItemId(item)).version()));
    }

    /**
     * The same, and a command that is new is refused for good, so that it cannot come to something after all: a request whose
     * answer was lost may have taken the last place itself, or may still be on its way.
     */
    public Answer<WorkItemId> unlessDone(SiteId site, UUID command, Refusal refusal) {
        return done(site, command).orElseGet(() -> {
            var answer = book.execute(
                    new Command<>(site, ids.next(), command, "system", WorkItemId.class),
                    (state, now) -> new dev.tandem.journal.Decision.Refused<>(refusal));
            boolean before = !answer.equals(new Answer.Refused<WorkItemId>(refusal));
            return before ? done(site, command).orElse(new Answer.Refused<>(refusal)) : answer;
        });
    }

    /** Its place in the line of a queue: a level of priority is worth a time of waiting. */
    public static Instant key(Optional<QueuePlan> plan, int priority, Instant since) {
        return plan.map(queue -> since.minus(queue.step().multipliedBy(priority)))
                .orElse(since);
    }

    /**
     * How long it waits: for agents by name as the site says, unless a fallback queue has it sooner. Asked before a decision,
     * since a setting may have to be read.
     */
    private Optional<Duration> patience(SiteId site, Optional<QueuePlan> plan) {
        if (plan.isPresent()) {
            return plan.flatMap(QueuePlan::largestWait);
        }
        return plans.fallback(site).isPresent()
                ? Optional.empty()
                : Optional.of(plans.named(site).longest());
    }

    /**
     * Why it cannot be taken in, before anything is written.
     *
     * @param by who passes it on and is known to have it: what somebody has of it lives on until the new one stands for it
     */
    Optional<Refusal> refusal(WorkRequest request, Optional<AgentId> by) {
        int length = request.reason().codePointCount(0, request.reason().length());
        if (length > WorkRequest.LONGEST_REASON) {
            return refuse(
                    Reason.INVALID,
                    "reason-too-long",
                    "The message has " + length + " characters; at most " + WorkRequest.LONGEST_REASON + " fit.");
        }
        if (request.source().isBlank()
                || request.sourceId().isBlank()
                || request.sourceId().length() > LONGEST_ID) {
            return refuse(
                    Reason.INVALID, "invalid", "A source and what it calls it, at most 128 characters, are needed.");
        }
        if (book.table().livingOf(request.site(), request.source(), request.sourceId()).stream()
                .anyMatch(living -> !passedOn(request.site(), living, by))) {
            return refuse(Reason.CONFLICT, "item-exists", "An agent is being looked for already.");
        }
        if (request.target() instanceof Target.Agents named) {
            var known = plans.agents(request.site()).keySet();
            return known.containsAll(named.agents())
                    ? Optional.empty()
                    : refuse(Reason.UNKNOWN, "unknown", "There is no such agent.");
        }
        return takes(request.site(), ((Target.Queue) request.target()).queue());
    }

    /** Whose it is by the book may be a step behind who has it: control has passed and nobody has heard of it yet. */
    private boolean passedOn(SiteId site, UUID item, Optional<AgentId> by) {
        return by.isPresent() && book.load(site, new WorkItemId(item)).state().phase() == Phase.ASSIGNED;
    }

    /** Why a queue takes nothing now. */
    public Optional<Refusal> takes(SiteId site, QueueId queue) {
        var plan = plans.queue(site, queue);
        if (plan.isEmpty()) {
            return refuse(Reason.UNKNOWN, "unknown", "There is no such queue.");
        }
        if (!plan.get().open(clock.instant())) {
            return refuse(Reason.CONFLICT, "queue-closed", "This queue is closed now.");
        }
        if (plan.get().bounded() && plan.get().full(book.table().length(site, queue.value()))) {
            return Optional.of(FULL);
        }
        return Optional.empty();
    }

    @Override
    public Optional<WorkItem> find(SiteId site, WorkItemId item) {
        var state = book.load(site, item).state();
        return state.phase() == Phase.NONE ? Optional.empty() : Optional.of(view(site, item, state));
    }

    @Override
    public Answer<None> abandon(SiteId site, WorkItemId item, UUID command) {
        return abandon(site, item, "customer-left", command);
    }

    /** @param why permanent word */
    public Answer<None> abandon(SiteId site, WorkItemId item, String why, UUID command) {
        return book.execute(site, item, command, "system", (state, now) -> WorkRules.abandon(state, why, now));
    }

    @Override
    public Answer<None> finish(SiteId site, WorkItemId item, UUID command) {
        // Before the decision, since a setting may have to be read; the queues are in memory.
        var named = plans.named(site).wrapUp();
        return book.execute(
                site,
                item,
                command,
                "system",
                (state, now) -> WorkRules.finish(state, wrapUp(site, state, named), now));
    }

    private Duration wrapUp(SiteId site, WorkState state, Duration named) {
        if (state.queue().isEmpty()) {
            return named;
        }
        return plans.queue(site, new QueueId(state.queue().get()))
                .map(QueuePlan::wrapUp)
                .orElse(Duration.ZERO);
    }

    @Override
    public Optional<Place> position(SiteId site, WorkItemId item) {
        return waits.place(site, item);
    }

    /** To another queue; whoever waits keeps the first waiting time. */
    public Answer<None> move(SiteId site, WorkItemId item, QueueId to, String why, String actor, UUID command) {
        var plan = plans.queue(site, to);
        return book.execute(
                site,
                item,
                command,
                actor,
                (state, now) -> state.phase() == Phase.NONE
                        ? new dev.tandem.journal.Decision.Refused<>(WorkRules.UNKNOWN)
                        : WorkRules.move(
                                state,
                                to.value(),
                                why,
                                key(plan, state.origin().priority(), state.since()),
                                plan.flatMap(QueuePlan::largestWait).map(now::plus),
                                now));
    }

    WorkItem view(SiteId site, WorkItemId id, WorkState state) {
        var origin = state.origin();
        var request = new WorkRequest(
                site,
                origin.source(),
                origin.sourceId(),
                WorkKind.target(origin),
                book.text(site, origin.name()).orElse(""),
                company(site, origin),
                origin.language(),
                texts(book.text(site, origin.attributes())),
                origin.priority(),
                origin.skills(),
                book.text(site, origin.reason()).orElse(""),
                texts(book.text(site, origin.answers())),
                origin.preferred().map(AgentId::new));
        return new WorkItem(
                id,
                request,
                WorkItem.State.valueOf(state.phase().name()),
                state.queue().map(QueueId::new),
                origin.priority(),
                origin.skills(),
                origin.at(),
                state.entered(),
                offer(id, state),
                state.agent().map(AgentId::new),
                state.wrapUpUntil());
    }

    private static Optional<Offer> offer(WorkItemId id, WorkState state) {
        var pending = state.pending();
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        Set<AgentId> asked =
                pending.stream().map(one -> new AgentId(one.agent())).collect(Collectors.toSet());
        var first = pending.get(0);
        return Optional.of(new Offer(
                new OfferId(first.id()),
                id,
                Offer.State.valueOf(OfferState.PENDING.name()),
                asked,
                Optional.empty(),
                first.until()));
    }

    private static Optional<QueueId> queue(Target target) {
        return target instanceof Target.Queue queue ? Optional.of(queue.queue()) : Optional.empty();
    }

    private Optional<Personal.Ref> seal(List<Personal> rows, String subject, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var row = sealer.seal(subject, text);
        rows.add(row);
        return Optional.of(row.ref());
    }

    private static String json(Map<String, String> texts) {
        try {
            return texts.isEmpty() ? "" : JSON.writeValueAsString(new TreeMap<>(texts));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("texts that cannot be written", e);
        }
    }

    private static Map<String, String> texts(Optional<String> json) {
        try {
            return json.isEmpty() ? Map.of() : new LinkedHashMap<>(JSON.readValue(json.get(), TEXTS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts that cannot be read", e);
        }
    }

    private static Optional<Refusal> refuse(Reason reason, String code, String detail) {
        return Optional.of(new Refusal(reason, code, detail));
    }
}
