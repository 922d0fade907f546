package dev.tandem.webacd.internal.transfer;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkEvent;
import dev.tandem.webacd.WorkItem;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkSource;
import dev.tandem.webacd.internal.desk.Taker;
import dev.tandem.webacd.internal.work.Aside;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkEnds;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/**
 * Sessions as work: keeps a session and its item in step, whatever crashes between them. All commands have ids that are
 * derived from what they follow.
 */
@Component(service = {WorkSource.class, Taker.class, EventSubscriber.class, SessionSource.class})
public final class SessionSource implements WorkSource, Taker, EventSubscriber {
    /** The kind of the items. */
    public static final String KIND = "session";

    /** How long a session may not wait yet although its item does: both are written one after the other. */
    private static final Duration STEP = Duration.ofSeconds(10);

    private final SupportSessions sessions;
    private final WorkBook book;
    private final WorkDesk work;
    private final AgentDirectory directory;
    private final Plans plans;
    private final Notes notes;
    private final Beginnings beginnings;
    private final Clock clock;

    @Activate
    public SessionSource(
            @Reference SupportSessions sessions,
            @Reference WorkBook book,
            @Reference WorkDesk work,
            @Reference AgentDirectory directory,
            @Reference Plans plans,
            @Reference Notes notes,
            @Reference Beginnings beginnings,
            @Reference Clock clock) {
        this.sessions = sessions;
        this.book = book;
        this.work = work;
        this.directory = directory;
        this.plans = plans;
        this.notes = notes;
        this.beginnings = beginnings;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Card card(WorkItem item) {
        var said = notes.said(item.request().site(), session(item.request().sourceId()));
        return new Card(said, Optional.of("/desktop"));
    }

    @Override
    public String name() {
        return "webacd.sessions";
    }

    @Override
    public Optional<Refusal> assigned(WorkItem item, Agent to) {
        var answer =
                take(item.request().site(), item.id(), session(item.request().sourceId()), to.id(), to.name());
        if (!(answer instanceof Answer.Refused<None> refused)) {
            return Optional.empty();
        }
        if (refused.refusal().reason() == Refusal.Reason.BUSY
                || early(item.request().site(), item.id(), refused)) {
            // Whoever hears of the event does it, soon.
            return Optional.empty();
        }
        over(item.request().site(), item.id());
        return Optional.of(refused.refusal());
    }

    /** A session and its item go together; what happens to others does not touch them. */
    @Override
    public Object turn(Published published) {
        if (published.event() instanceof WorkEvent event) {
            return event.source().equals(KIND) ? event.sourceId() : "";
        } else if (published.event() instanceof Aside.Wait wait) {
            return wait.sourceId();
        }
        return published.event() instanceof SessionEvent event ? event.session().toString() : "";
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof WorkEvent event && event.source().equals(KIND)) {
            worked(event, published.id());
        } else if (published.event() instanceof Aside.Wait wait && wait.source().equals(KIND)) {
            var language = book.load(wait.site(), wait.item()).state().origin().language();
            notes.tell(
                    wait.site(),
                    session(wait.sourceId()),
                    Wording.wait(language, wait.position(), wait.seconds()),
                    published.id());
        } else if (published.event() instanceof SessionEvent.ControlPassed passed
                && passed.from().isPresent()) {
            living(passed.site(), passed.session()).forEach(item -> passed(passed, item, published.id()));
        } else if (published.event() instanceof SessionEvent.Transferring transferring) {
            passedOn(transferring.site(), transferring.session()).forEach(SessionSource::done);
        } else if (published.event() instanceof SessionEvent.Left left) {
            gone(left.site(), left.session(), published.id());
        } else if (published.event() instanceof SessionEvent.Ended ended) {
            living(ended.site(), ended.session()).forEach(item -> ended(ended.site(), item, published.id()));
        }
    }

    private List<WorkItemId> living(SiteId site, SessionId session) {
        return book.table().livingOf(site, KIND, session.toString()).stream()
                .map(WorkItemId::new)
                .toList();
    }

    /**
     * What agents had of a session before its last item is done; the wrap-up begins. Not that of who has the session now: it may
     * have been passed on and taken since. Again changes nothing.
     */
    List<Answer<None>> passedOn(SiteId site, SessionId session) {
        var last = book.table().latestOf(site, KIND, session.toString()).map(WorkItemId::new);
        var has = sessions.find(site, session)
                .flatMap(now -> now.controller().filter(now::controls).flatMap(now::participant))
                .flatMap(Participant::agent)
                .map(AgentId::value);
        return living(site, session).stream()
                .filter(item -> !last.equals(Optional.of(item)))
                .filter(item ->
                        has.isEmpty() || !book.load(site, item).state().agent().equals(has))
                .map(item -> work.finish(site, item, Ids.derived(item.value(), "webacd.passed-on")))
                .toList();
    }

    /** What could not be done just now is done when the event is heard again; that it is done already is well. */
    private static void done(Answer<None> answer) {
        if (answer instanceof Answer.Refused<None> refused
                && (refused.refusal().reason() == Refusal.Reason.BUSY
                        || refused.refusal().code().equals("version-conflict"))) {
            throw new IllegalStateException(
                    "what follows is done later: " + refused.refusal().code());
        }
    }

    private void worked(WorkEvent event, UUID id) {
        var session = session(event.sourceId());
        if (event instanceof WorkEvent.Assigned assigned) {
            take(assigned);
        } else if (event instanceof WorkEvent.Returned) {
            returned(event, session);
        } else if (event instanceof WorkEvent.Expired) {
            done(sessions.giveUp(event.site(), session, Ids.derived(id, "webacd.give-up")));
        } else if (event instanceof WorkEvent.Moved moved && moved.why().equals("nobody-accepted")) {
            var language =
                    book.load(event.site(), event.item()).state().origin().language();
            var queue = plans.queue(event.site(), new QueueId(moved.to().value()));
            queue.ifPresent(plan -> notes.tell(
                    event.site(),
                    session,
                    Wording.fallback(language, plan.name()),
                    Ids.derived(id, "webacd.fallback")));
        }
    }

    /** The item goes with control, and its load with it, unless WebACD has nothing to do with who has control now. */
    private void passed(SessionEvent.ControlPassed event, WorkItemId item, UUID id) {
        sessions.find(event.site(), event.session())
                .flatMap(session -> session.participant(event.to()))
                .flatMap(Participant::agent)
                .ifPresent(to -> {
                    if (plans.agents(event.site()).containsKey(to)) {
                        done(WorkEnds.pass(
                                book, event.site(), item, to.value(), Ids.derived(id, "webacd.pass/" + item)));
                    } else {
                        done(work.finish(event.site(), item, Ids.derived(id, "webacd.passed-on/" + item)));
                    }
                });
    }

    /** Without a fallback queue whoever has refused is asked again, and the customer knows why it takes so long. */
    private void returned(WorkEvent event, SessionId session) {
        var state = book.load(event.site(), event.item()).state();
        boolean allAsked = !state.named().isEmpty() && state.tried().keySet().containsAll(state.named());
        if (state.phase() == Phase.WAITING
                && allAsked
                && plans.fallback(event.site()).isEmpty()) {
            notes.tell(
                    event.site(),
                    session,
                    Wording.again(state.origin().language()),
                    Ids.derived(event.item().value(), "webacd.again"));
        }
    }

    private void take(WorkEvent.Assigned event) {
        var state = book.load(event.site(), event.item()).state();
        boolean still = state.phase() == Phase.ASSIGNED
                && state.agent().equals(Optional.of(event.agent().value()));
        if (!still) {
            return;
        }
        var name = directory
                .find(event.site(), event.agent())
                .map(Agent::name)
                .orElse(event.agent().value());
        var answer = take(event.site(), event.item(), session(event.sourceId()), event.agent(), name);
        if (answer instanceof Answer.Refused<None> refused) {
            if (refused.refusal().reason() == Refusal.Reason.BUSY || early(event.site(), event.item(), refused)) {
                throw new IllegalStateException(
                        "the session is taken later: " + refused.refusal().code());
            }
            done(over(event.site(), event.item()));
        }
    }

    /** With one id for as long as this agent has it, so that a refusal once is not the answer for ever. */
    private Answer<None> take(SiteId site, WorkItemId item, SessionId session, AgentId agent, String name) {
        var version = sessions.find(site, session).map(SupportSession::version).orElse(0L);
        var queue = book.load(site, item).state().queue().map(QueueId::new);
        return sessions.take(
                site,
                session,
                agent,
                name,
                beginnings.start(site, queue),
                Ids.derived(item.value(), "webacd.take/" + agent + version));
    }

    /** Whether the session will wait in a moment. */
    private boolean early(SiteId site, WorkItemId item, Answer.Refused<None> refused) {
        var since = book.load(site, item).state().since();
        return refused.refusal().code().equals("not-waiting")
                && since.plus(STEP).isAfter(clock.instant());
    }

    /** The session is over, or somebody else's. */
    private Answer<None> over(SiteId site, WorkItemId item) {
        return work.finish(site, item, Ids.derived(item.value(), "webacd.over"));
    }

    /** An agent who has left the session to a colleague has done the work; the colleague's session counts by itself. */
    private void gone(SiteId site, SessionId session, UUID event) {
        sessions.find(site, session)
                .ifPresent(now -> living(site, session).forEach(item -> gone(site, item, now, event)));
    }

    private void gone(SiteId site, WorkItemId item, SupportSession now, UUID event) {
        var state = book.load(site, item).state();
        var agent = state.agent().filter(one -> state.phase() == Phase.ASSIGNED).map(AgentId::new);
        boolean passedOn = now.controller().filter(now::controls).isPresent();
        boolean left = now.participants().stream()
                .anyMatch(one -> agent.isPresent()
                        && one.agent().equals(agent)
                        && !one.state().present());
        if (passedOn && left) {
            done(work.finish(site, item, Ids.derived(event, "webacd.left/" + item)));
        }
    }

    /** Who was served is done, who was not has gone. What changes nothing is not asked for: it would be written all the same. */
    private void ended(SiteId site, WorkItemId item, UUID event) {
        if (!isAssigned(site, item)) {
            done(work.abandon(site, item, "customer-left", Ids.derived(event, "webacd.abandon/" + item)));
        }
        // It may have been taken in that moment.
        if (isAssigned(site, item)) {
            done(work.finish(site, item, Ids.derived(event, "webacd.finish/" + item)));
        }
    }

    private boolean isAssigned(SiteId site, WorkItemId item) {
        return book.load(site, item).state().phase() == Phase.ASSIGNED;
    }

    static SessionId session(String id) {
        return new SessionId(UUID.fromString(id));
    }
}
