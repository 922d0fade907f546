package dev.tandem.session.internal;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.journal.Journal;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Streams;
import dev.tandem.platform.Agent;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.Terms;
import dev.tandem.session.internal.SessionState.Origin;
import dev.tandem.session.internal.SessionState.Person;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

import io.swagger.v3.oas.annotations.media.Schema;

/** What agents, customers and other slices see of a session. The one place where that is decided. */
@Component(service = Views.class)
public final class Views {
    /** How long an agent can look at a session that has ended. */
    static final Duration LOOK_BACK = Duration.ofDays(1);

    private static final Problem TAKEN_OVER =
            new Problem(409, "seat-taken-over", "This place in the session was taken over on another device.");
    private static final Problem REMOVED = new Problem(409, "removed", "The agent has ended your part in the session.");

    /** What whoever is not, or no longer, let in by a link for viewers is told. */
    public static final Problem LINK_REFUSED =
            new Problem(403, "link-refused", "This link does not lead to a session.");

    private static final Problem ENDED = new Problem(409, "session-ended", "This session has ended.");
    private static final Problem SIGN_IN = new Problem(401, "sign-in-needed", "Sign in, or join with a PIN.");

    private final SessionStreams streams;
    private final Journal journal;
    private final Pins pins;
    private final InvitationTokens invitations;
    private final AgentOptions options;
    private final Settings settings;
    private final FormKeys forms;
    private final ViewerLinks viewers;
    private final Clock clock;

    @Activate
    public Views(
            @Reference SessionStreams streams,
            @Reference Journal journal,
            @Reference Pins pins,
            @Reference InvitationTokens invitations,
            @Reference AgentOptions options,
            @Reference Settings settings,
            @Reference FormKeys forms,
            @Reference ViewerLinks viewers,
            @Reference Clock clock) {
        this.streams = streams;
        this.journal = journal;
        this.pins = pins;
        this.invitations = invitations;
        this.options = options;
        this.settings = settings;
        this.forms = forms;
        this.viewers = viewers;
        this.clock = clock;
    }

    /** What one caller sees. */
    @Schema(oneOf = {AgentView.class, CustomerView.class, ViewerView.class})
    public sealed interface View {
        UUID id();

        State state();

        long version();
    }

    /** For an agent of the session. Absent values are null, {@code endReason} is left out. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AgentView(
            UUID id,
            @Schema(description = "For agents to tell each other, in digits.") String number,
            State state,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EndReason> endReason,
            @Schema(description = "Ascends with every change of the session.") long version,
            Instant startedAt,
            @Schema(description = "What it was started on; null if it has no call or chat, or was handed over since.")
                    Optional<InteractionView> interaction,
            @Schema(description = "The caller's own participant.") UUID me,
            @Schema(description = "The agent in control; null while the session waits for one.")
                    Optional<UUID> controller,
            @Schema(description = "Ascends with every change of control.") long epoch,
            @Schema(description = "The epoch of who started the session or has taken it last.") long firstEpoch,
            @Schema(description = "The controller is lost, and whoever is offered control may accept it.")
                    boolean vacant,
            @Schema(description = "While it is vacant: who is offered control; null if every agent is.")
                    Optional<UUID> offered,
            @Schema(description = "How long that one has to answer.") Optional<Instant> offeredUntil,
            @Schema(description = "The customer who is being helped.") Optional<UUID> assisted,
            List<SeatView> seats,
            Limits limits,
            List<PersonView> participants,
            @Schema(description = "Links for outside viewers.") List<ViewerLinkView> viewers,
            List<InvitationView> invitations,
            List<ActivityView> activities,
            List<ConsentView> consents,
            TermsView terms,
            Optional<NotesView> notes,
            @Schema(description = "When a customer could not come in last, since there were as many as are allowed.")
                    Optional<Instant> refusedAt,
            @Schema(description = "While a line is lost: until when whoever dropped out may come back.")
                    Optional<Instant> graceUntil)
            implements View {}

    /** For a customer: without number, interaction and PINs. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record CustomerView(
            UUID id,
            State state,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EndReason> endReason,
            @Schema(description = "Ascends with every change of the session.") long version,
            Instant startedAt,
            @Schema(description = "The caller's own participant.") UUID me,
            @Schema(description = "The agent in control; null while the session waits for one.")
                    Optional<UUID> controller,
            @Schema(description = "Ascends with every change of control.") long epoch,
            @Schema(description = "The epoch of who started the session or has taken it last.") long firstEpoch,
            @Schema(description = "The customer who is being helped.") Optional<UUID> assisted,
            List<PersonView> participants,
            List<ActivityView> activities,
            @Schema(description = "What the caller was asked to allow.") List<ConsentView> consents,
            TermsView terms,
            @Schema(description = "Once it has ended: the key of the form to fill in, if there is one.")
                    Optional<String> form,
            @Schema(description = "While a line is lost: until when whoever dropped out may come back.")
                    Optional<Instant> graceUntil)
            implements View {}

    /** For an outside viewer: who is there and what there is to see. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ViewerView(
            UUID id,
            State state,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EndReason> endReason,
            @Schema(description = "Ascends with every change of the session.") long version,
            Instant startedAt,
            @Schema(description = "The caller's own participant.") UUID me,
            @Schema(description = "The agent in control; null while the session waits for one.")
                    Optional<UUID> controller,
            List<PersonView> participants,
            List<ActivityView> activities)
            implements View {}

    /** @param customers how many customers the controller may help at once, over all sessions */
    public record Limits(long customers) {}

    /** @param participant who came by the link, if anybody has */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ViewerLinkView(UUID id, String name, URI url, Optional<UUID> participant) {}

    /** @param chat whether the link can be sent into it */
    public record InteractionView(String id, Interaction.Kind kind, boolean chat) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SeatView(
            UUID id,
            @Schema(description = "Nine digits.") String pin,
            @Schema(description = "Where the customer joins.") URI url,
            Optional<UUID> participant,
            @Schema(description = "Somebody was invited to it.") boolean invited) {}

    /** What holds in this session beside what holds in all. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record TermsView(
            @Schema(description = "In which times of the session are shown; null: in the reader's own.")
                    Optional<String> zone,
            @Schema(description = "Capabilities and activities that are switched off.") List<String> off,
            @Schema(description = "A page for the customer, opened by a click.") Optional<URI> page) {
        static TermsView of(Terms terms) {
            return new TermsView(
                    terms.zone().map(ZoneId::getId),
                    terms.off().stream().sorted().toList(),
                    terms.page());
        }
    }

    /** @param name empty if it is not known, or was erased */
    public record PersonView(UUID id, Participant.Role role, String name, Participant.State state) {}

    public record ActivityView(String name, UUID by, Instant since, SupportSession.Scope scope) {}

    /**
     * What the caller sees now.
     *
     * @throws ProblemException 404 for who is not in it (any more), 409 for a customer who was dropped, 401 for nobody
     */
    public View of(Caller caller, UUID session) {
        if (caller instanceof Caller.OfAgent agent) {
            return ofAgent(agent.agent(), session);
        } else if (caller instanceof Caller.OfCustomer customer) {
            return ofCustomer(customer, session);
        } else if (caller instanceof Caller.OfViewer viewer) {
            return ofViewer(viewer, session);
        }
        throw new ProblemException(SIGN_IN);
    }

    private AgentView ofAgent(Agent agent, UUID session) {
        var current = streams.load(agent.site(), session);
        var known = current.state().agent(agent.id());
        var me = known.filter(p -> mayLook(current.state(), p));
        if (me.isEmpty()
                && known.filter(p -> current.state().control().isSender(p.id())).isPresent()) {
            throw ProblemException.refused(TransferRules.HANDED_OVER);
        }
        return forAgent(agent.site(), session, current, me.orElseThrow(Views::unknown));
    }

    /** The agent as participant, whatever their state. @throws ProblemException 404 for who has never been in it */
    UUID own(Agent agent, UUID session) {
        return streams.load(agent.site(), session)
                .state()
                .agent(agent.id())
                .orElseThrow(Views::unknown)
                .id();
    }

    /** The view of an agent who has just done something, be it that they left. */
    AgentView after(Agent agent, UUID session) {
        var current = streams.load(agent.site(), session);
        var me = current.state().agent(agent.id());
        return forAgent(agent.site(), session, current, me.orElseThrow(Views::unknown));
    }

    private CustomerView ofCustomer(Caller.OfCustomer caller, UUID session) {
        if (!caller.session().equals(session)) {
            throw unknown();
        }
        var current = streams.load(caller.site(), session);
        var me = current.state().person(caller.participant()).orElseThrow(Views::unknown);
        if (me.state() == Participant.State.REMOVED) {
            boolean removed = me.seat()
                    .flatMap(current.state()::seat)
                    .filter(SessionState.Seat::closed)
                    .isPresent();
            throw new ProblemException(removed ? REMOVED : TAKEN_OVER);
        }
        if (!me.present()) {
            throw unknown();
        }
        return forCustomer(caller.site(), session, current, me);
    }

    private ViewerView ofViewer(Caller.OfViewer caller, UUID session) {
        if (!caller.session().equals(session)) {
            throw unknown();
        }
        var current = streams.load(caller.site(), session);
        var state = current.state();
        var me = state.person(caller.participant()).orElseThrow(Views::unknown);
        if (!me.present()) {
            throw new ProblemException(LINK_REFUSED);
        }
        return new ViewerView(
                session,
                state.phase(),
                state.ending().map(SessionState.Ending::reason),
                current.version(),
                state.origin().orElseThrow(Views::unknown).at(),
                me.id(),
                state.controller(),
                people(caller.site(), state),
                activities(state));
    }

    /** For a customer who has seen the end. */
    static ProblemException ended() {
        return new ProblemException(ENDED);
    }

    static ProblemException unknown() {
        return new ProblemException(Problem.unknown());
    }

    /** The session for other slices, or empty if there is none. */
    Optional<SupportSession> snapshot(SiteId site, UUID session) {
        var current = streams.load(site, session);
        return current.state().origin().map(origin -> snapshot(site, session, current, origin));
    }

    private SupportSession snapshot(SiteId site, UUID session, Streams.Current<SessionState> current, Origin origin) {
        var state = current.state();
        return new SupportSession(
                site,
                new SessionId(session),
                origin.number(),
                origin.interaction(),
                state.phase(),
                state.ending().map(SessionState.Ending::reason),
                state.people().stream().map(p -> participant(site, p)).toList(),
                state.controller().map(ParticipantId::new),
                state.epoch(),
                state.control().first(),
                state.control().offer().flatMap(Control.Offer::to).map(ParticipantId::new),
                state.control().assisted().map(ParticipantId::new),
                state.activities(),
                state.consents().all(),
                state.terms(),
                origin.at(),
                current.version());
    }

    private Participant participant(SiteId site, Person person) {
        return new Participant(
                new ParticipantId(person.id()),
                person.role(),
                person.agent(),
                name(site, person.name()),
                person.state(),
                person.language());
    }

    private AgentView forAgent(SiteId site, UUID session, Streams.Current<SessionState> current, Person me) {
        var state = current.state();
        var origin = state.origin().orElseThrow(Views::unknown);
        return new AgentView(
                session,
                origin.number(),
                state.phase(),
                state.ending().map(SessionState.Ending::reason),
                current.version(),
                origin.at(),
                origin.on().map(on -> new InteractionView(on.interaction().value(), on.kind(), origin.isChat())),
                me.id(),
                state.controller(),
                state.epoch(),
                state.control().first(),
                state.control().offer().isPresent(),
                state.control().offer().flatMap(Control.Offer::to),
                state.control().offer().flatMap(Control.Offer::until),
                state.control().assisted(),
                state.seats().stream()
                        .filter(s -> !s.closed())
                        .map(s -> seat(state, origin, s))
                        .toList(),
                limits(site, state, me),
                people(site, state),
                state.outsiders().links().stream()
                        .map(link -> viewer(site, state, link))
                        .toList(),
                state.invitations().all().stream()
                        .map(one -> invitation(site, one))
                        .toList(),
                activities(state),
                state.consents().all().stream().map(ConsentView::of).toList(),
                TermsView.of(state.terms()),
                state.remarks().note().map(note -> new NotesView(note.outcome(), name(site, note.text()))),
                state.remarks().refusedAt(),
                state.graceUntil());
    }

    private CustomerView forCustomer(SiteId site, UUID session, Streams.Current<SessionState> current, Person me) {
        var state = current.state();
        return new CustomerView(
                session,
                state.phase(),
                state.ending().map(SessionState.Ending::reason),
                current.version(),
                state.origin().orElseThrow(Views::unknown).at(),
                me.id(),
                state.controller(),
                state.epoch(),
                state.control().first(),
                state.control().assisted(),
                people(site, state),
                activities(state),
                state.consents().all().stream()
                        .filter(c -> c.of().value().equals(me.id()))
                        .map(ConsentView::of)
                        .toList(),
                TermsView.of(state.terms()),
                form(site, session, state, me),
                state.graceUntil());
    }

    private Limits limits(SiteId site, SessionState state, Person me) {
        var agent =
                state.controller().flatMap(state::person).flatMap(Person::agent).or(me::agent);
        return new Limits(options.of(site, agent.orElseThrow()).customers());
    }

    /** The key of the form for a customer who has just left. */
    Optional<String> form(Caller.OfCustomer left) {
        var state = streams.load(left.site(), left.session()).state();
        return state.person(left.participant()).flatMap(me -> form(left.site(), left.session(), state, me));
    }

    private Optional<String> form(SiteId site, UUID session, SessionState state, Person me) {
        boolean asked = settings.form(site) && NoteRules.formOpen(state, me.id(), clock.instant());
        return asked ? Optional.of(forms.make(new FormKeys.Place(site, session, me.id()))) : Optional.empty();
    }

    private SeatView seat(SessionState state, Origin origin, SessionState.Seat seat) {
        var pin = pins.pin(seat.id(), seat.pinTry());
        return new SeatView(
                seat.id(),
                pin,
                URI.create(origin.clientUrl() + pin),
                state.living() ? state.occupant(seat.id()).map(Person::id) : Optional.empty(),
                state.invitations().holds(seat.id()));
    }

    InvitationView invitation(SiteId site, Invitations.Invitation one) {
        return new InvitationView(
                one.id(),
                one.role(),
                name(site, one.address()),
                one.state(),
                one.problem(),
                invitations.url(site, one),
                one.at(),
                one.seat());
    }

    private ViewerLinkView viewer(SiteId site, SessionState state, Outsiders.Link link) {
        return new ViewerLinkView(
                link.viewer(),
                name(site, Optional.of(link.name())),
                viewers.url(site, link),
                state.person(link.viewer()).filter(Person::present).map(Person::id));
    }

    private List<PersonView> people(SiteId site, SessionState state) {
        return state.people().stream()
                .map(p -> new PersonView(p.id(), p.role(), name(site, p.name()), p.state()))
                .toList();
    }

    private static List<ActivityView> activities(SessionState state) {
        return state.activities().stream()
                .map(a -> new ActivityView(a.name(), a.by().value(), a.since(), a.scope()))
                .toList();
    }

    private boolean mayLook(SessionState state, Person agent) {
        return state.ending()
                .map(end -> clock.instant().isBefore(end.at().plus(LOOK_BACK)))
                .orElseGet(agent::present);
    }

    String name(SiteId site, Optional<Personal.Ref> ref) {
        return ref.flatMap(r -> journal.personal(site, r)).orElse("");
    }
}
