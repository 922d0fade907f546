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

public class PlatformCallsTest {
    private final FakeSessions sessions = new FakeSessions();
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
        var event = new SessionEvent.ControlPassed(
                FakeSessions.SITE, FakeSessions.SESSION, Optional.of(FakeSessions.ANNA_ID), who, epoch);
        to.on(new Published(
                FakeSessions.SITE, 1, UUID.randomUUID(), FakeSessions.SESSION.value(), Instant.EPOCH, event));
    }

    @Test
    public void W31_thePlatformIsToldWhoHasControlNow() {
        pass(calls, FakeSessions.BEN_ID, 1);
        assertEquals(List.of("i1 ben.cole"), told);
    }

    @Test
    public void ofChatsAndCallsThatAreOverItIsNotTold() {
        kind = Kind.CHAT;
        pass(calls, FakeSessions.BEN_ID, 1);
        kind = Kind.CALL;
        state = State.ENDED;
        pass(calls, FakeSessions.BEN_ID, 1);
        assertEquals(List.of(), told);
    }

    @Test
    public void oldNewsIsPassedBy() {
        pass(calls, FakeSessions.BEN_ID, 0);
        sessions.end();
        pass(calls, FakeSessions.BEN_ID, 1);
        assertEquals(List.of(), told);
    }

    @Test
    public void withoutSuchAPlatformNothingHappens() {
        pass(new PlatformCalls(sessions), FakeSessions.BEN_ID, 1);
        assertEquals(List.of(), told);
    }

    @Test
    public void aFailureComesAgain() {
        broken = true;
        assertThrows(IllegalStateException.class, () -> pass(calls, FakeSessions.BEN_ID, 1));
        broken = false;
        pass(calls, FakeSessions.BEN_ID, 1);
        assertEquals(List.of("i1 ben.cole"), told);
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
