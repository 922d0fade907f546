package dev.tandem.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Streams;
import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Consent;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.internal.SessionState.Person;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

import io.swagger.v3.oas.annotations.media.Schema;

/** What participants are asked, and the ledger of it. */
@Component(service = ConsentDesk.class)
public final class ConsentDesk {
    /** The longest that a consent can be given for, if it is not for the session. */
    public static final Duration LONGEST = ConsentRules.LONGEST;

    private static final int MOST_FOUND = 50;

    private final SessionStreams streams;
    private final Views views;
    private final Settings settings;
    private final Ids ids;

    /** What happened to a consent. @param until what the answer was waited for, or until when it was given */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Step(Consent.State state, Instant at, Optional<Instant> until) {}

    /** A line of the ledger. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Entry(
            UUID id,
            @Schema(description = "Named like the activity: screen.") String capability,
            @Schema(description = "Whose consent it is.") UUID of,
            @Schema(description = "Their name; empty once erased.") String name,
            @Schema(description = "Who asked first; null for what the participant began unasked.") Optional<UUID> by,
            @Schema(description = "That one's name; empty for nobody, or once erased.") String byName,
            Consent.State state,
            @Schema(description = "Since when it is so.") Instant at,
            Optional<Instant> until,
            @Schema(description = "Everything that happened to it, in order.") List<Step> steps) {}

    /** A session's ledger, in the order in which things were asked first. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Ledger(
            List<Entry> consents,
            @Schema(description = "The session's number; for agents.") Optional<String> number,
            @Schema(description = "When the session began; for agents.") Optional<Instant> startedAt) {}

    /** A session whose ledger can be read. */
    public record Found(
            UUID id,
            String number,
            Instant startedAt,
            boolean living,
            @Schema(description = "Names of who is or was in it.") List<String> people) {}

    static final Refusal OVERSEERS = new Refusal(
            Refusal.Reason.FORBIDDEN, "supervisor-needed", "The sessions of a site are for its supervisors.");

    @Activate
    public ConsentDesk(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference Settings settings,
            @Reference Ids ids) {
        this.streams = streams;
        this.views = views;
        this.settings = settings;
        this.ids = ids;
    }

    /** @param of empty: the customer who is being helped */
    public Views.View ask(Caller.OfAgent caller, UUID session, String capability, Optional<UUID> of, UUID command) {
        var state = state(caller.site(), session);
        var me = place(caller, session, state).id();
        var whom = of.or(() -> state.control().assisted()).orElseThrow(Views::unknown);
        var wait = settings.consentWait(caller.site());
        var question =
                new ConsentRules.Question(ids.next(), capability, new ParticipantId(whom), new ParticipantId(me));
        execute(caller, session, command, (now, at) -> ConsentRules.ask(now, at, question, wait));
        return views.of(caller, session);
    }

    /** @param lasting empty: for the session */
    public Views.View answer(
            Caller caller, UUID session, UUID consent, boolean allow, Optional<Duration> lasting, UUID command) {
        var me = place(caller, session, state(caller.site(), session)).id();
        var reply = new ConsentRules.Reply(consent, me, allow, lasting);
        execute(caller, session, command, (now, at) -> ConsentRules.answer(now, at, reply));
        return views.of(caller, session);
    }

    /** Takes one back; what depends on it stops at once. */
    public Views.View revoke(Caller caller, UUID session, UUID consent, UUID command) {
        var me = place(caller, session, state(caller.site(), session)).id();
        execute(caller, session, command, (now, at) -> ConsentRules.revoke(now, at, consent, me));
        return views.of(caller, session);
    }

    /** Takes back everything the caller has allowed. */
    public Views.View revokeAll(Caller caller, UUID session, UUID command) {
        var me = place(caller, session, state(caller.site(), session)).id();
        execute(caller, session, command, (now, at) -> ConsentRules.revokeAll(now, at, me));
        return views.of(caller, session);
    }

    /**
     * Everything that was asked in a session. A customer sees their own while in it; agents who are or were in it, and the
     * site's supervisors and administrators, see all, also when it is over.
     */
    public Ledger ledger(Caller caller, UUID session) {
        var state = state(caller.site(), session);
        if (caller instanceof Caller.OfAgent agent) {
            if (state.origin().isEmpty() || state.agent(agent.agent().id()).isEmpty() && !oversees(agent.agent())) {
                throw Views.unknown();
            }
            var entries = ledger(caller.site(), session, Optional.empty()).consents();
            var origin = state.origin();
            return new Ledger(entries, origin.map(SessionState.Origin::number), origin.map(SessionState.Origin::at));
        }
        return ledger(
                caller.site(),
                session,
                Optional.of(place(caller, session, state).id()));
    }

    /** The latest sessions of the site, or those of a number; for its supervisors and administrators. */
    public List<Found> find(Agent agent, Optional<String> number) {
        if (!oversees(agent)) {
            throw ProblemException.refused(OVERSEERS);
        }
        return streams.tables().latest(agent.site(), number, MOST_FOUND).stream()
                .flatMap(id -> views.snapshot(agent.site(), id).stream())
                .map(ConsentDesk::found)
                .toList();
    }

    private static Found found(SupportSession session) {
        var people = session.participants().stream()
                .map(Participant::name)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        boolean living = session.state() != SupportSession.State.ENDED;
        return new Found(session.id().value(), session.number(), session.startedAt(), living, people);
    }

    private static boolean oversees(Agent agent) {
        return agent.has(Agent.Role.SUPERVISOR) || agent.has(Agent.Role.ADMINISTRATOR);
    }

    /** @param of empty: everybody's */
    public Ledger ledger(SiteId site, UUID session, Optional<UUID> of) {
        var state = state(site, session);
        var entries = new LinkedHashMap<UUID, Entry>();
        for (var fact : streams.history(site, session, Fact.ConsentChanged.class)) {
            if (of.isEmpty() || of.get().equals(fact.of())) {
                entries.merge(fact.consent(), entry(site, state, fact), ConsentDesk::later);
            }
        }
        return new Ledger(List.copyOf(entries.values()), Optional.empty(), Optional.empty());
    }

    private Entry entry(SiteId site, SessionState state, Fact.ConsentChanged fact) {
        var name = name(site, state, fact.of());
        var by = fact.by().map(id -> name(site, state, id)).orElse("");
        var step = new Step(fact.state(), fact.at(), fact.until());
        return new Entry(
                fact.consent(),
                fact.capability(),
                fact.of(),
                name,
                fact.by(),
                by,
                fact.state(),
                fact.at(),
                fact.until(),
                List.of(step));
    }

    private String name(SiteId site, SessionState state, UUID participant) {
        return state.person(participant).map(p -> views.name(site, p.name())).orElse("");
    }

    private static Entry later(Entry before, Entry now) {
        var steps = new ArrayList<>(before.steps());
        steps.addAll(now.steps());
        return new Entry(
                before.id(),
                before.capability(),
                before.of(),
                before.name(),
                before.by(),
                before.byName(),
                now.state(),
                now.at(),
                now.until(),
                List.copyOf(steps));
    }

    private SessionState state(SiteId site, UUID session) {
        return streams.load(site, session).state();
    }

    /** The caller as a participant who is there. */
    private static Person place(Caller caller, UUID session, SessionState state) {
        return person(caller, session, state).filter(Person::present).orElseThrow(Views::unknown);
    }

    private static Optional<Person> person(Caller caller, UUID session, SessionState state) {
        if (caller instanceof Caller.OfAgent agent) {
            return state.agent(agent.agent().id());
        }
        return caller instanceof Caller.OfCustomer customer
                        && customer.session().equals(session)
                ? state.person(customer.participant())
                : Optional.empty();
    }

    private void execute(Caller caller, UUID session, UUID command, Streams.Decider<SessionState, Fact, None> decider) {
        streams.execute(new Command<>(caller.site(), session, command, caller.actor(), None.class), decider)
                .orElseThrow(ProblemException::refused);
    }
}
