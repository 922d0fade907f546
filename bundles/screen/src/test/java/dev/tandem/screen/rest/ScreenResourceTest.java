package dev.tandem.screen.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import dev.tandem.journal.testing.TestClock;
import dev.tandem.screen.internal.RelayScene;
import dev.tandem.screen.internal.ScreenRelay;
import dev.tandem.screen.rest.ScreenResource.State;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;
import dev.tandem.web.testing.FakeCall;

public class ScreenResourceTest {
    private static final UUID SESSION = Cast.SESSION.value();
    private static final State NONE = State.NONE;
    private static final State SHARED = new State(true, false, 0, 0, 0, 0, 0, 0, 0);

    private final TestClock clock = new TestClock();
    private final FakeSessions sessions = new FakeSessions(clock);
    private final FakeSession session = Cast.in(sessions);
    private final ScreenRelay relay = RelayScene.relay(sessions, clock);
    private final ScreenResource resource = new ScreenResource(sessions, relay, relay);

    @After
    public void close() {
        relay.close();
    }

    private static Call by(Caller caller) {
        return new FakeCall(caller, new UUID(5, 5));
    }

    private static String refusal(Runnable call) {
        var problem = assertThrows(ProblemException.class, call::run).problem();
        return problem.status() + " " + problem.code();
    }

    @Test
    public void aCustomerStartsAndStops() {
        assertEquals(NONE, resource.get(by(Cast.MARIE), SESSION));
        assertEquals(SHARED, resource.start(by(Cast.MARIE), SESSION));
        assertEquals(SHARED, resource.get(by(Cast.ANNA), SESSION));
        assertEquals(NONE, resource.stop(by(Cast.MARIE), SESSION));
        assertFalse(session.running());
    }

    @Test
    public void startingAgainIsNoError() {
        resource.start(by(Cast.MARIE), SESSION);
        assertEquals(SHARED, resource.start(by(Cast.MARIE), SESSION));
    }

    @Test
    public void theControllerStopsAnyAndAnAssistantNone() {
        resource.start(by(Cast.MARIE), SESSION);
        assertEquals("403 not-controller", refusal(() -> resource.stop(by(Cast.BEN), SESSION)));
        assertTrue(session.running());
        assertEquals(NONE, resource.stop(by(Cast.ANNA), SESSION));
        assertEquals("stop screen by agent:anna.bell", sessions.commands.get(1));
    }

    @Test
    public void stoppingWhatIsNotSharedIsNoError() {
        assertEquals(NONE, resource.stop(by(Cast.ANNA), SESSION));
    }

    @Test
    public void W18_theControllerSharesAndACustomerCannotStopIt() {
        assertEquals(SHARED, resource.start(by(Cast.ANNA), SESSION));
        assertEquals("409 activity-running", refusal(() -> resource.start(by(Cast.MARIE), SESSION)));
        assertEquals("403 not-yours", refusal(() -> resource.stop(by(Cast.MARIE), SESSION)));
        assertEquals(NONE, resource.stop(by(Cast.ANNA), SESSION));
    }

    @Test
    public void anAssistantCannotShareNorCanACustomerWhoIsNotHelped() {
        assertEquals("403 not-controller", refusal(() -> resource.start(by(Cast.BEN), SESSION)));
        assertEquals("403 not-assisted", refusal(() -> resource.start(by(Cast.PAUL), SESSION)));
        assertFalse(session.running());
    }

    @Test
    public void anOutsideViewerHasNothingToSayHere() {
        resource.start(by(Cast.MARIE), SESSION);
        assertEquals("404 unknown", refusal(() -> resource.get(by(Cast.EVA), SESSION)));
        assertEquals("404 unknown", refusal(() -> resource.start(by(Cast.EVA), SESSION)));
        assertEquals("404 unknown", refusal(() -> resource.stop(by(Cast.EVA), SESSION)));
        assertTrue(session.running());
    }

    @Test
    public void oneNeitherSharesOverNorStopsAnother() {
        resource.start(by(Cast.ANNA), SESSION);
        assertEquals("409 activity-running", refusal(() -> resource.start(by(Cast.MARIE), SESSION)));
        assertEquals("403 not-yours", refusal(() -> resource.stop(by(Cast.PAUL), SESSION)));
        assertTrue(session.running());
    }

    @Test
    public void strangersLearnNothing() {
        resource.start(by(Cast.MARIE), SESSION);
        for (var call : new Runnable[] {
            () -> resource.get(by(Cast.STRANGER), SESSION),
            () -> resource.start(by(Cast.STRANGER), SESSION),
            () -> resource.stop(by(Cast.STRANGER), SESSION),
            () -> resource.get(by(Cast.ANNA), new UUID(8, 8)),
            () -> resource.get(by(new Caller.Anonymous(Cast.SITE)), SESSION)
        }) {
            assertEquals("404 unknown", refusal(call));
        }
        assertTrue(session.running());
    }
}
