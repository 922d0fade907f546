package dev.tandem.session.testing;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.web.Caller;

/**
 * Who is who in tests: one session with Anna (in control) and Ben (agents), Marie (who is helped) and Paul (customers), and Eva,
 * who looks on from outside; and anybody else whom a test wants.
 */
public final class Cast {
    public static final SiteId SITE = new SiteId("main");
    public static final SessionId SESSION = new SessionId(new UUID(1, 1));

    public static final ParticipantId ANNA_ID = new ParticipantId(new UUID(3, 1));
    public static final ParticipantId BEN_ID = new ParticipantId(new UUID(3, 2));
    public static final ParticipantId MARIE_ID = new ParticipantId(new UUID(2, 1));
    public static final ParticipantId PAUL_ID = new ParticipantId(new UUID(2, 2));
    public static final ParticipantId EVA_ID = new ParticipantId(new UUID(6, 1));

    public static final Caller ANNA = agent(SITE, "anna.bell", "Anna Bell");
    public static final Caller BEN = agent(SITE, "ben.cole", "Ben Cole");
    public static final Caller MARIE = new Caller.OfCustomer(SITE, SESSION.value(), MARIE_ID.value());
    public static final Caller PAUL = new Caller.OfCustomer(SITE, SESSION.value(), PAUL_ID.value());
    public static final Caller EVA = new Caller.OfViewer(SITE, SESSION.value(), EVA_ID.value());
    /** An agent of the site who is not in the session. */
    public static final Caller STRANGER = agent(SITE, "eve.hill", "Eve Hill");

    private Cast() {}

    /** Opens their session. */
    public static FakeSession in(FakeSessions sessions) {
        return sessions.open(
                SITE,
                SESSION,
                participant(ANNA_ID, Role.AGENT, Optional.of("anna.bell"), "Anna Bell"),
                participant(BEN_ID, Role.AGENT, Optional.of("ben.cole"), "Ben Cole"),
                participant(MARIE_ID, Role.CUSTOMER, Optional.empty(), "Marie Dupont"),
                participant(PAUL_ID, Role.CUSTOMER, Optional.empty(), "Paul Roy"),
                participant(EVA_ID, Role.VIEWER, Optional.empty(), "Eva Lang"));
    }

    /** Another agent, who signs in by their name. */
    public static Participant agent(String name) {
        return participant(new ParticipantId(UUID.randomUUID()), Role.AGENT, Optional.of(name), name);
    }

    /** Another customer. */
    public static Participant customer(String name) {
        return participant(new ParticipantId(UUID.randomUUID()), Role.CUSTOMER, Optional.empty(), name);
    }

    /** That agent, as one who asks for something. */
    public static Caller.OfAgent agent(SiteId site, String id, String name) {
        return new Caller.OfAgent(new Agent(site, new AgentId(id), name, Set.of(Agent.Role.AGENT)));
    }

    private static Participant participant(ParticipantId id, Role role, Optional<String> agent, String name) {
        return new Participant(id, role, agent.map(AgentId::new), name, Participant.State.JOINED);
    }
}
