package dev.tandem.session.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

/** What customers do with sessions. */
@Component(service = CustomerDesk.class)
public final class CustomerDesk {
    /** The longest name, in code points. */
    public static final int LONGEST_NAME = 60;

    private final SessionStreams streams;
    private final Views views;
    private final Pins pins;
    private final SeatTokens tokens;
    private final Settings settings;
    private final PlatformDoor platform;
    private final Presence presence;
    private final AgentOptions options;
    private final Ids ids;
    private final Sealer sealer;

    /** A customer who was let in. */
    public record Admitted(Caller.OfCustomer customer, String token) {}

    @Activate
    public CustomerDesk(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference Pins pins,
            @Reference SeatTokens tokens,
            @Reference Settings settings,
            @Reference PlatformDoor platform,
            @Reference Presence presence,
            @Reference AgentOptions options,
            @Reference Ids ids,
            @Reference Sealer sealer) {
        this.streams = streams;
        this.views = views;
        this.pins = pins;
        this.tokens = tokens;
        this.settings = settings;
        this.platform = platform;
        this.presence = presence;
        this.options = options;
        this.ids = ids;
        this.sealer = sealer;
    }

    /**
     * Lets a customer in by the PIN of a seat of a living session; who sat there is dropped (BX2).
     *
     * @param typed what was typed, be it nonsense
     * @return empty for whatever does not admit
     * @throws ProblemException 409 {@code too-many-customers} where the PIN is right and the agent helps as many as are
     *     allowed (W16)
     */
    public Optional<Admitted> join(SiteId site, String typed, UUID command) {
        return streams.tables().place(site, pins.hash(site, typed)).flatMap(place -> sit(site, place, command));
    }

    /**
     * Lets the customer in who was invited by that link; who sat there is dropped, as by a PIN.
     *
     * @param typed what was sent, be it nonsense
     * @return empty for whatever does not admit
     */
    public Optional<Admitted> joinInvited(String typed, UUID command) {
        return streams.invitations().find(InvitationTokens.hash(typed)).flatMap(found -> place(found)
                .flatMap(place -> sit(found.site(), place, command))
                .map(admitted -> used(found, admitted, command)));
    }

    /** Whether it is the token of a customer's invitation that is alive, which nobody can guess. */
    public boolean invited(String typed) {
        return streams.invitations()
                .find(InvitationTokens.hash(typed))
                .flatMap(this::place)
                .isPresent();
    }

    private Optional<Tables.Place> place(InvitationTable.Found found) {
        var state = streams.load(found.site(), found.session()).state();
        return InvitationRules.living(state, found.invitation())
                .flatMap(Invitations.Invitation::seat)
                .filter(seat -> state.seat(seat).filter(s -> !s.closed()).isPresent())
                .map(seat -> new Tables.Place(found.session(), seat));
    }

    private Admitted used(InvitationTable.Found found, Admitted admitted, UUID command) {
        var customer = admitted.customer();
        execute(
                customer,
                Ids.derived(command, "session.invited"),
                (state, now) -> InvitationRules.used(state, found.invitation(), customer.participant()));
        return admitted;
    }

    private Optional<Admitted> sit(SiteId site, Tables.Place place, UUID command) {
        var state = streams.load(site, place.session()).state();
        var participant = ids.next();
        var token = tokens.make(site, command);
        var name = nameFor(site, state, place.seat(), participant);
        var limit = state.controller()
                .flatMap(state::person)
                .flatMap(SessionState.Person::agent)
                .map(agent -> options.of(site, agent).customers());
        var hash = SeatTokens.hash(token);
        Answer<SessionRules.Seated> answer;
        try {
            answer = streams.execute(
                    new Command<>(site, place.session(), command, "customer:" + participant, SessionRules.Seated.class),
                    (now, at) -> SessionRules.join(now, place.seat(), participant, name, hash, limit));
        } catch (RuntimeException e) {
            if (!Helped.Beyond.is(e)) {
                throw e;
            }
            tellAgent(site, place);
            throw ProblemException.refused(SeatRules.TOO_MANY);
        }
        if (answer instanceof Answer.Refused<SessionRules.Seated> refused
                && refused.refusal().reason() == Refusal.Reason.BUSY) {
            throw ProblemException.refused(refused.refusal());
        }
        // Whom the token belongs to, and not the answer, since the command's id may be one that was used before.
        return tokens.recognise(token)
                .filter(customer -> customer.session().equals(place.session()))
                .map(customer -> new Admitted(customer, token));
    }

    /** The agent sees that somebody stands at the door. */
    private void tellAgent(SiteId site, Tables.Place place) {
        streams.execute(
                new Command<>(site, place.session(), ids.next(), "system", None.class),
                (state, now) -> SeatRules.refused(state, now, place.seat()));
    }

    /** What the customer of that seat was called last, or else, on the first seat, what the platform says. */
    private Optional<Personal> nameFor(SiteId site, SessionState state, UUID seat, UUID participant) {
        var before = state.onSeat(seat)
                .map(p -> views.name(site, p.name()))
                .filter(n -> !n.isEmpty())
                .or(() -> state.origin()
                        .filter(o -> state.seats().get(0).id().equals(seat))
                        .flatMap(SessionState.Origin::interaction)
                        .map(interaction -> platform.customerName(site, interaction)))
                .map(CustomerDesk::shortened)
                .filter(n -> !n.isEmpty());
        return before.map(name -> seal(participant, name));
    }

    private static String shortened(String name) {
        return name.codePoints()
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private Personal seal(UUID participant, String name) {
        return sealer.seal("customer:" + participant, name);
    }

    /**
     * Notes what the customer is called.
     *
     * @param name 1 to {@value #LONGEST_NAME} code points
     * @param language in which the customer's page speaks
     */
    public Views.View rename(Caller.OfCustomer caller, UUID session, String name, Locale language, UUID command) {
        check(caller, session);
        var sealed = seal(caller.participant(), name);
        var speaks = Optional.of(language.getLanguage()).filter(tag -> !tag.isEmpty());
        execute(caller, command, (state, now) -> SessionRules.rename(state, caller.participant(), sealed, speaks));
        return views.of(caller, session);
    }

    /** @return the key of the form to fill in, if the site asks for one */
    public Optional<String> leave(Caller.OfCustomer caller, UUID session, UUID command) {
        check(caller, session);
        var grace = settings.grace(caller.site());
        execute(caller, command, (state, now) -> SessionRules.leave(state, now, caller.participant(), grace));
        return views.form(caller);
    }

    /** A page of the customer is being closed, or reloaded. If it was the last one they are soon taken as lost. */
    public void closing(Caller.OfCustomer caller, UUID session, UUID page) {
        check(caller, session);
        presence.closing(new Presence.Key(caller.site(), session, caller.participant()), page);
    }

    private static void check(Caller.OfCustomer caller, UUID session) {
        if (!caller.session().equals(session)) {
            throw Views.unknown();
        }
    }

    private void execute(Caller.OfCustomer caller, UUID command, Streams.Decider<SessionState, Fact, None> decider) {
        streams.execute(new Command<>(caller.site(), caller.session(), command, caller.actor(), None.class), decider)
                .orElseThrow(ProblemException::refused);
    }
}
