package dev.tandem.device.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Consent;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;

/** Anna in control, Ben assisting, Marie and Paul as customers, of whom Marie is helped; consents as a test sets them. */
final class OneSession implements SupportSessions {
    static final SiteId ACME = new SiteId("acme");

    final Participant anna = person(Participant.Role.AGENT, Optional.of(new AgentId("anna")), "Anna Bell");
    final Participant ben = person(Participant.Role.AGENT, Optional.of(new AgentId("ben")), "Ben Cole");
    final Participant marie = person(Participant.Role.CUSTOMER, Optional.empty(), "Marie Dupont");
    final Participant paul = person(Participant.Role.CUSTOMER, Optional.empty(), "Paul Roux");
    final SessionId id = new SessionId(UUID.randomUUID());
    final List<String> asked = new ArrayList<>();
    private final List<Consent> consents = new ArrayList<>();
    private long version = 1;

    private static Participant person(Participant.Role role, Optional<AgentId> agent, String name) {
        return new Participant(new ParticipantId(UUID.randomUUID()), role, agent, name, Participant.State.JOINED);
    }

    void consent(Participant of, Consent.State state, Instant at) {
        consents.removeIf(old -> old.of().equals(of.id()));
        consents.add(new Consent(
                UUID.randomUUID(), "system-information", of.id(), Optional.empty(), state, at, Optional.empty()));
        version++;
    }

    SupportSession now() {
        return new SupportSession(
                ACME,
                id,
                "123456",
                new InteractionId("call-1"),
                SupportSession.State.ACTIVE,
                Optional.empty(),
                List.of(anna, ben, marie, paul),
                Optional.of(anna.id()),
                1,
                Optional.empty(),
                Optional.of(marie.id()),
                List.of(),
                List.copyOf(consents),
                Instant.EPOCH,
                version);
    }

    Membership of(Participant who) {
        return new Membership(now(), who);
    }

    @Override
    public Optional<SupportSession> find(SiteId site, SessionId session) {
        return session.equals(id) && site.equals(ACME) ? Optional.of(now()) : Optional.empty();
    }

    @Override
    public Answer<None> ask(
            SiteId site, SessionId session, String capability, ParticipantId of, ParticipantId by, UUID command) {
        asked.add(capability + " of " + of);
        return new Answer.Accepted<>(None.NONE, version);
    }

    @Override
    public Membership membership(Caller caller, SessionId session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Membership audience(Caller caller, SessionId session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<None> start(
            SiteId site, SessionId session, String activity, ParticipantId by, Scope scope, UUID command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command, Lease lease) {
        throw new UnsupportedOperationException();
    }
}
