package dev.tandem.call.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.Interaction.Kind;
import dev.tandem.platform.Interaction.State;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.Interactions;
import dev.tandem.platform.SiteId;
import dev.tandem.platform.VoiceCalls;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;

public class PlatformCallsTest {
    private final FakeSessions sessions = new FakeSessions(new TestClock());
    private final FakeSession session = Cast.in(sessions);
    private final List<String> told = new ArrayList<>();
    private Kind kind = Kind.CALL;
    private State state = State.ACTIVE;
    private boolean broken;

    private final VoiceCalls platform = (site, call, to) -> {
        if (broken) {
            throw new IllegalStateException("no line");
        }
        told.add(call + " " + to);
        return VoiceCalls.Outcome.GOES_ON;
    };
    private final PlatformCalls calls = new PlatformCalls(sessions, new OneInteraction(), platform);

    private void pass(PlatformCalls to, ParticipantId who, long epoch) {
        var event = new SessionEvent.ControlPassed(Cast.SITE, Cast.SESSION, Optional.of(Cast.ANNA_ID), who, epoch);
        to.on(new Published(Cast.SITE, 1, UUID.randomUUID(), Cast.SESSION.value(), Instant.EPOCH, event));
    }

    @Test
    public void W31_thePlatformIsToldWhoHasControlNow() {
        pass(calls, Cast.BEN_ID, 1);
        assertEquals(List.of("call-1 ben.cole"), told);
    }

    @Test
    public void ofChatsAndCallsThatAreOverItIsNotTold() {
        kind = Kind.CHAT;
        pass(calls, Cast.BEN_ID, 1);
        kind = Kind.CALL;
        state = State.ENDED;
        pass(calls, Cast.BEN_ID, 1);
        assertEquals(List.of(), told);
    }

    @Test
    public void oldNewsIsPassedBy() {
        pass(calls, Cast.BEN_ID, 0);
        session.end();
        pass(calls, Cast.BEN_ID, 1);
        assertEquals(List.of(), told);
    }

    @Test
    public void withoutSuchAPlatformNothingHappens() {
        pass(new PlatformCalls(sessions), Cast.BEN_ID, 1);
        assertEquals(List.of(), told);
    }

    @Test
    public void aFailureComesAgain() {
        broken = true;
        assertThrows(IllegalStateException.class, () -> pass(calls, Cast.BEN_ID, 1));
        broken = false;
        pass(calls, Cast.BEN_ID, 1);
        assertEquals(List.of("call-1 ben.cole"), told);
    }

    private final class OneInteraction implements Interactions {
        @Override
        public Optional<Interaction> find(SiteId site, InteractionId interaction) {
            return Optional.of(new Interaction(
                    site,
                    interaction,
                    kind,
                    state,
                    Optional.of(new AgentId("anna.bell")),
                    new Interaction.Contact("", ""),
                    Instant.EPOCH));
        }

        @Override
        public Sent send(SiteId site, InteractionId interaction, AgentId agent, String text) {
            throw new UnsupportedOperationException();
        }
    }
}
