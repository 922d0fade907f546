package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;

import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Agent;
import dev.tandem.platform.Interaction.Kind;
import dev.tandem.platform.Interaction.State;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.VoiceCalls.Outcome;

public class PassedCallsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;
    private PassedCalls calls;
    private Agent anna;
    private Agent ben;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath());
        calls = new PassedCalls(rig.interactions, rig.directory, rig.notices);
        anna = rig.agent("anna.bell");
        ben = rig.agent("ben.cole");
    }

    @After
    public void close() {
        rig.close();
    }

    private State state(InteractionId id) {
        return rig.interactions.find(Rig.MAIN, id).orElseThrow().state();
    }

    @Test
    public void W31_itGoesOnWithAnAgentWhoIsSignedIn() {
        var id = rig.active(anna, Kind.CALL);
        rig.presences.choose(ben, UUID.randomUUID(), PresenceState.Status.AVAILABLE, "");
        rig.presences.signIn(ben, "t", rig.clock.instant().plusSeconds(3_600));
        assertEquals(Outcome.GOES_ON, calls.controlPassed(Rig.MAIN, id, ben.id()));
        assertEquals(State.ACTIVE, state(id));
        assertEquals(
                Optional.of(anna.id()),
                rig.interactions.find(Rig.MAIN, id).orElseThrow().agent());
    }

    @Test
    public void W31_itEndsWithOneWhoIsNotAlsoWhenToldAgain() {
        var id = rig.active(anna, Kind.CALL);
        for (int time = 0; time < 2; time++) {
            assertEquals(Outcome.ENDED, calls.controlPassed(Rig.MAIN, id, ben.id()));
            assertEquals(State.ENDED, state(id));
        }
    }

    @Test
    public void itGoesOnWhenItsOwnAgentHasControlAgain() {
        var id = rig.active(anna, Kind.CALL);
        assertEquals(Outcome.GOES_ON, calls.controlPassed(Rig.MAIN, id, anna.id()));
    }

    @Test
    public void aChatIsNoneOfItsBusiness() {
        var id = rig.active(anna, Kind.CHAT);
        calls.controlPassed(Rig.MAIN, id, ben.id());
        assertEquals(State.ACTIVE, state(id));
    }
}
