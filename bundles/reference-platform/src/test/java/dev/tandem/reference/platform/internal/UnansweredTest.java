package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;

import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Agent;
import dev.tandem.platform.Presence;
import dev.tandem.platform.PresenceChanger;

public class UnansweredTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;
    private Unanswered unanswered;
    private Agent anna;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath());
        unanswered = new Unanswered(rig.presences, rig.directory, rig.notices);
        anna = rig.agent("anna.bell");
    }

    @After
    public void close() {
        rig.close();
    }

    private void choose(PresenceState.Status status, String reason) {
        rig.presences.choose(anna, UUID.randomUUID(), status, reason);
    }

    private Presence presence() {
        return rig.directory.presence(Rig.MAIN, anna.id());
    }

    @Test
    public void whoIsAvailableIsAwayAndToldOnce() {
        choose(PresenceState.Status.AVAILABLE, "");
        for (int time = 0; time < 2; time++) {
            unanswered.away(Rig.MAIN, anna.id(), PresenceChanger.NO_ANSWER);
            assertEquals(new Presence.Away("no-answer"), presence());
            assertEquals(1, rig.notices.of(Rig.MAIN, anna.id()).size());
        }
        choose(PresenceState.Status.AVAILABLE, "");
        assertEquals(new Presence.Available(), presence());
    }

    @Test
    public void whatTheAgentHasChosenStays() {
        choose(PresenceState.Status.AWAY, "lunch");
        unanswered.away(Rig.MAIN, anna.id(), PresenceChanger.NO_ANSWER);
        assertEquals(new Presence.Away("lunch"), presence());
        choose(PresenceState.Status.OFFLINE, "");
        unanswered.away(Rig.MAIN, anna.id(), PresenceChanger.NO_ANSWER);
        assertEquals(new Presence.Offline(), presence());
        assertEquals(0, rig.notices.of(Rig.MAIN, anna.id()).size());
    }
}
