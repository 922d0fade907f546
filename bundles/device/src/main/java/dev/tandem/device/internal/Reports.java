package dev.tandem.device.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.device.SystemInformation;
import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Journal;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Consent;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.LiveChannel;

/** What computers have told, open while the component is active. */
@Component(service = {SystemInformation.class, Reports.class})
public final class Reports implements SystemInformation {
    private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {};

    private final SupportSessions sessions;
    private final Journal journal;
    private final Sealer sealer;
    private final Clock clock;
    private final ObjectMapper mapper;
    private final Streams<DeviceState, DeviceEvent> streams;

    @Activate
    public Reports(
            @Reference SupportSessions sessions,
            @Reference Journal journal,
            @Reference Sealer sealer,
            @Reference Clock clock,
            @Reference LiveChannel live,
            @Reference(target = "(tandem.mapper=true)") ObjectMapper mapper) {
        this.sessions = sessions;
        this.journal = journal;
        this.sealer = sealer;
        this.clock = clock;
        this.mapper = mapper;
        this.streams = journal.open(new DeviceKind(live));
    }

    @Deactivate
    public void close() {
        streams.close();
    }

    @Override
    public Optional<Report> latest(SiteId site, SessionId session, ParticipantId of) {
        return sessions.find(site, session)
                .filter(known -> mayBeSeen(known, of))
                .flatMap(known -> stored(site, session, of));
    }

    private Optional<Report> stored(SiteId site, SessionId session, ParticipantId of) {
        var state = streams.load(site, session.value()).state();
        return Optional.ofNullable(state.told().get(of.value())).flatMap(told -> journal.personal(site, told.items())
                .map(json -> new Report(of, told.at(), parsed(json))));
    }

    /** A consent that has ended with the session was not taken back. */
    private boolean mayBeSeen(SupportSession session, ParticipantId of) {
        return session.granted(of, CAPABILITY, clock.instant())
                || last(session, of)
                        .filter(consent -> consent.state() == Consent.State.ENDED)
                        .isPresent();
    }

    /** The last consent to this of that participant. */
    static Optional<Consent> last(SupportSession session, ParticipantId of) {
        return session.consents().stream()
                .filter(consent ->
                        consent.capability().equals(CAPABILITY) && consent.of().equals(of))
                .reduce((earlier, later) -> later);
    }

    /** Whether that customer's page should tell now: asked for, or just allowed, and not told since. */
    boolean wanted(SupportSession session, ParticipantId of) {
        if (!session.granted(of, CAPABILITY, clock.instant())) {
            return false;
        }
        var state = streams.load(session.site(), session.id().value()).state();
        var told = Optional.ofNullable(state.told().get(of.value())).map(DeviceState.Told::at);
        var since = last(session, of).map(Consent::at);
        var asked = Optional.ofNullable(state.wanted().get(of.value()));
        return told.isEmpty() || isBefore(told.get(), since) || isBefore(told.get(), asked);
    }

    private static boolean isBefore(Instant told, Optional<Instant> moment) {
        return moment.filter(told::isBefore).isPresent();
    }

    /** How far the stream of that session is. */
    long version(SiteId site, SessionId session) {
        return streams.load(site, session.value()).version();
    }

    @Override
    public Answer<None> refresh(SiteId site, SessionId session, ParticipantId by, UUID command) {
        var found = sessions.find(site, session);
        if (found.flatMap(known -> known.participant(by))
                .filter(p -> p.role() == Participant.Role.AGENT && p.state().present())
                .isEmpty()) {
            return refused(Refusal.Reason.UNKNOWN, "unknown", "There is no such agent in a session.");
        }
        var known = found.get();
        if (known.state() == SupportSession.State.ENDED) {
            return refused(Refusal.Reason.CONFLICT, "session-ended", "The session has ended.");
        }
        if (!known.controls(by)) {
            return refused(Refusal.Reason.FORBIDDEN, "not-controller", "Only the agent in control can do this.");
        }
        if (known.assisted().isEmpty()) {
            return refused(Refusal.Reason.CONFLICT, "nobody-assisted", "There is no customer to ask.");
        }
        var of = known.assisted().get();
        if (!known.granted(of, CAPABILITY, clock.instant())) {
            return sessions.ask(site, session, CAPABILITY, of, by, Ids.derived(command, "device.ask"));
        }
        return streams.execute(
                new Command<>(site, session.value(), command, "participant:" + by, None.class),
                (state, now) -> Decision.accept(List.of(new DeviceEvent.Wanted(now, of.value()))));
    }

    /**
     * A customer's computer tells.
     *
     * @return refused with FORBIDDEN {@code not-allowed} without a consent
     */
    public Answer<None> tell(SupportSession session, ParticipantId of, List<Item> items, UUID command) {
        if (!session.granted(of, CAPABILITY, clock.instant())) {
            return refused(Refusal.Reason.FORBIDDEN, "not-allowed", "The customer has not allowed this.");
        }
        var text = sealer.seal("customer:" + of, written(items));
        return streams.execute(
                new Command<>(session.site(), session.id().value(), command, "customer:" + of, None.class),
                (state, now) -> Decision.<DeviceEvent>accept(List.of(new DeviceEvent.Told(now, of.value(), text.ref())))
                        .with(text));
    }

    private String written(List<Item> items) {
        try {
            return mapper.writeValueAsString(items);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Item> parsed(String json) {
        try {
            return mapper.readValue(json, ITEMS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer<None> refused(Refusal.Reason reason, String code, String detail) {
        return new Answer.Refused<>(new Refusal(reason, code, detail));
    }
}
