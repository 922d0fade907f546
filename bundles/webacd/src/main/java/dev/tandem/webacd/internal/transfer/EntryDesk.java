package dev.tandem.webacd.internal.transfer;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.config.QueueConfig.FormField;
import dev.tandem.webacd.internal.config.Routing;
import dev.tandem.webacd.internal.config.RoutingBook;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;

/** Lets customers in by the link of a queue: opens a session that waits, and asks for an agent by the rules. */
@Component(service = EntryDesk.class)
public final class EntryDesk {
    /** As the session's own names. */
    private static final int LONGEST_NAME = 60;

    private static final int LONGEST_SYSTEM = 60;
    /** What the command of the item is derived by. */
    private static final String SUBMIT = "webacd.submit";

    private static final Refusal OVER =
            new Refusal(Refusal.Reason.CONFLICT, "session-ended", "The session has ended meanwhile.");

    /** The attribute that says by which queue's link a customer has come. */
    static final String ENTRY = "entry";

    private final SupportSessions sessions;
    private final RoutingBook routing;
    private final Plans plans;
    private final WorkBook book;
    private final WorkDesk work;
    private final Waits waits;
    private final EntryPace pace;
    private final Beginnings beginnings;
    private final Acquaintances known;
    private final Clock clock;

    @Activate
    public EntryDesk(
            @Reference SupportSessions sessions,
            @Reference RoutingBook routing,
            @Reference Plans plans,
            @Reference WorkBook book,
            @Reference WorkDesk work,
            @Reference Waits waits,
            @Reference EntryPace pace,
            @Reference Beginnings beginnings,
            @Reference Acquaintances known,
            @Reference Clock clock) {
        this.sessions = sessions;
        this.routing = routing;
        this.plans = plans;
        this.book = book;
        this.work = work;
        this.waits = waits;
        this.pace = pace;
        this.beginnings = beginnings;
        this.known = known;
        this.clock = clock;
    }

    /**
     * What a page shows before anything is asked for.
     *
     * @param changes when it opens or closes next
     * @param openText what the button says, by language; the page has words of its own without it
     * @param closedUrl where the button leads while the queue is closed
     * @param waitSeconds about how long it may take, if that is shown
     */
    public record EntryView(
            String site,
            String slug,
            String name,
            boolean open,
            Optional<Instant> changes,
            Map<String, String> openText,
            Map<String, String> closedText,
            Optional<String> closedUrl,
            List<FormField> fields,
            Optional<Long> waitSeconds) {}

    /**
     * What the customer says.
     *
     * @param os the computer's system, as the page knows it
     */
    public record Said(String name, String language, Optional<String> os, Map<String, String> answers) {}

    /** The customer is in. @param token the customer's, as joining with a PIN gives it */
    public record Entered(String token, UUID session, UUID participant, UUID item) {}

    /** @throws ProblemException 404 if there is no such queue, or it has no link */
    public EntryView look(SiteId site, String slug) {
        var queue = queue(site, slug);
        var entry = queue.config().entry();
        var now = clock.instant();
        boolean open = queue.hours().openAt(now);
        var wait = open && queue.config().showWait()
                ? waits.estimate(
                                site,
                                queue.id().value(),
                                1 + (int) book.table().length(site, queue.id().value()))
                        .map(Duration::toSeconds)
                : Optional.<Long>empty();
        return new EntryView(
                site.value(),
                slug,
                queue.config().name(),
                open,
                queue.hours().nextChange(now),
                entry.openText(),
                entry.closedText(),
                entry.closedUrl(),
                entry.fields(),
                wait);
    }

    /**
     * Opens a session and asks for an agent.
     *
     * @param address the client's, for the bound
     * @throws ProblemException 400 with the field, 404, 409 {@code queue-closed} or {@code queue-full}, 429
     */
    public Entered enter(SiteId site, String slug, Said said, String address, URI publicUrl, UUID command) {
        var queue = queue(site, slug);
        pace.enter(address, command);
        var answers = EntryForm.checked(queue.config().entry().fields(), said.answers());
        var name = name(said.name());
        var attributes = attributes(slug, said.os());
        work.takes(site, queue.id()).ifPresent(refusal -> work.unlessDone(site, Ids.derived(command, SUBMIT), refusal)
                .orElseThrow(ProblemException::refused));
        var company = answers.getOrDefault(WorkDesk.COMPANY, "");
        var routed = routing.decide(
                site,
                new Routing.Asked(
                        SessionSource.KIND, Optional.of(queue.id()), company, said.language(), answers, attributes),
                clock.instant());
        var to = routed.queue().orElse(queue.id());
        // A rule's queue that takes nothing now is no reason to send the customer away.
        var target = to.equals(queue.id()) || work.takes(site, to).isEmpty() ? to : queue.id();
        var entered = sessions.open(
                        site,
                        Optional.of(name),
                        beginnings.terms(site, target),
                        publicUrl,
                        Ids.derived(command, "webacd.open"))
                .orElseThrow(ProblemException::refused);
        refuseOver(site, entered, command);
        var request = new WorkRequest(
                site,
                SessionSource.KIND,
                entered.session().toString(),
                new Target.Queue(target),
                name,
                company,
                said.language(),
                attributes,
                routed.priority().orElse(0),
                routed.skills(),
                "",
                answers,
                known.helper(site, queue.config().entry().fields(), answers));
        return new Entered(
                entered.token(),
                entered.session().value(),
                entered.customer().value(),
                submit(request, entered, command).value());
    }

    /** A repeat may find that the session of the first time is over: nobody is to be asked for it any more, now or later. */
    private void refuseOver(SiteId site, SupportSessions.Entered entered, UUID command) {
        boolean over = sessions.find(site, entered.session())
                .filter(session -> session.state() == SupportSession.State.ENDED)
                .isPresent();
        if (over) {
            work.unlessDone(site, Ids.derived(command, SUBMIT), OVER).orElseThrow(ProblemException::refused);
        }
    }

    private WorkItemId submit(WorkRequest request, SupportSessions.Entered entered, UUID command) {
        var id = Ids.derived(command, SUBMIT);
        var by = new WorkDesk.By("customer:" + entered.customer(), Optional.empty(), "customer:" + entered.customer());
        var repeated = book.table().livingOf(request.site(), request.source(), request.sourceId()).stream()
                .findFirst()
                .map(WorkItemId::new);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        var answer = work.submit(request, by, id);
        if (answer instanceof Answer.Refused<WorkItemId> refused) {
            sessions.giveUp(request.site(), entered.session(), Ids.derived(command, "webacd.give-up"));
            throw ProblemException.refused(refused.refusal());
        }
        return ((Answer.Accepted<WorkItemId>) answer).value();
    }

    private Routing.Queue queue(SiteId site, String slug) {
        return routing.of(site)
                .bySlug(slug)
                .filter(queue -> queue.config().entry().enabled())
                .filter(queue ->
                        plans.queue(site, new QueueId(queue.id().value())).isPresent())
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    private static String name(String typed) {
        var name = typed.strip();
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > LONGEST_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new ProblemException(Problem.invalid(
                    "name", "A name is 1 to " + LONGEST_NAME + " characters, without control characters."));
        }
        return name;
    }

    private static Map<String, String> attributes(String slug, Optional<String> os) {
        var system = os.map(String::strip).filter(text -> !text.isEmpty());
        if (system.filter(text -> text.length() > LONGEST_SYSTEM).isPresent()) {
            throw new ProblemException(Problem.invalid("os", "At most " + LONGEST_SYSTEM + " characters."));
        }
        return system.map(text -> Map.of(ENTRY, slug, "os", text)).orElse(Map.of(ENTRY, slug));
    }
}
