package dev.tandem.screen.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import dev.tandem.screen.internal.FakeSessions;
import dev.tandem.screen.internal.RelayScene;
import dev.tandem.screen.internal.ScreenRelay;
import dev.tandem.screen.internal.TestClock;
import dev.tandem.screen.rest.ScreenResource.State;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

public class ScreenResourceTest {
    private static final UUID SESSION = FakeSessions.SESSION.value();
    private static final State NONE = State.NONE;
    private static final State SHARED = new State(true, false, 0, 0, 0, 0, 0, 0, 0);

    private final FakeSessions sessions = new FakeSessions();
    private final ScreenRelay relay = RelayScene.relay(sessions, new TestClock());
    private final ScreenResource resource = new ScreenResource(sessions, relay, relay);

    @After
    public void close() {
        relay.close();
    }

    private static Call by(Caller caller) {
        return (Call) Proxy.newProxyInstance(
                Call.class.getClassLoader(),
                new Class<?>[] {Call.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "caller" -> caller;
                    case "commandId" -> new UUID(5, 5);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static String refusal(Runnable call) {
        var problem = assertThrows(ProblemException.class, call::run).problem();
        return problem.status() + " " + problem.code();
    }

    @Test
    public void aCustomerStartsAndStops() {
        assertEquals(NONE, resource.get(by(FakeSessions.MARIE), SESSION));
        assertEquals(SHARED, resource.start(by(FakeSessions.MARIE), SESSION));
        assertEquals(SHARED, resource.get(by(FakeSessions.ANNA), SESSION));
        assertEquals(NONE, resource.stop(by(FakeSessions.MARIE), SESSION));
        assertFalse(sessions.isRunning());
    }

    @Test
    public void startingAgainIsNoError() {
        resource.start(by(FakeSessions.MARIE), SESSION);
        assertEquals(SHARED, resource.start(by(FakeSessions.MARIE), SESSION));
    }

    @Test
    public void theControllerStopsAnyAndAnAssistantNone() {
        resource.start(by(FakeSessions.MARIE), SESSION);
        assertEquals("403 not-controller", refusal(() -> resource.stop(by(FakeSessions.BEN), SESSION)));
        assertTrue(sessions.isRunning());
        assertEquals(NONE, resource.stop(by(FakeSessions.ANNA), SESSION));
        assertEquals("stop screen by agent:anna.bell", sessions.commands.get(1));
    }

    @Test
    public void stoppingWhatIsNotSharedIsNoError() {
        assertEquals(NONE, resource.stop(by(FakeSessions.ANNA), SESSION));
    }

    @Test
    public void W18_theControllerSharesAndACustomerCannotStopIt() {
        assertEquals(SHARED, resource.start(by(FakeSessions.ANNA), SESSION));
        assertEquals("409 activity-running", refusal(() -> resource.start(by(FakeSessions.MARIE), SESSION)));
        assertEquals("403 not-yours", refusal(() -> resource.stop(by(FakeSessions.MARIE), SESSION)));
        assertEquals(NONE, resource.stop(by(FakeSessions.ANNA), SESSION));
    }

    @Test
    public void anAssistantCannotShareNorCanACustomerWhoIsNotHelped() {
        assertEquals("403 not-controller", refusal(() -> resource.start(by(FakeSessions.BEN), SESSION)));
        assertEquals("403 not-assisted", refusal(() -> resource.start(by(FakeSessions.PAUL), SESSION)));
        assertFalse(sessions.isRunning());
    }

    @Test
    public void anOutsideViewerHasNothingToSayHere() {
        resource.start(by(FakeSessions.MARIE), SESSION);
        assertEquals("404 unknown", refusal(() -> resource.get(by(FakeSessions.EVA), SESSION)));
        assertEquals("404 unknown", refusal(() -> resource.start(by(FakeSessions.EVA), SESSION)));
        assertEquals("404 unknown", refusal(() -> resource.stop(by(FakeSessions.EVA), SESSION)));
        assertTrue(sessions.isRunning());
    }

    @Test
    public void oneNeitherSharesOverNorStopsAnother() {
        resource.start(by(FakeSessions.ANNA), SESSION);
        assertEquals("409 activity-running", refusal(() -> resource.start(by(FakeSessions.MARIE), SESSION)));
        assertEquals("403 not-yours", refusal(() -> resource.stop(by(FakeSessions.PAUL), SESSION)));
        assertTrue(sessions.isRunning());
    }

    @Test
    public void strangersLearnNothing() {
        resource.start(by(FakeSessions.MARIE), SESSION);
        for (var call : new Runnable[] {
            () -> resource.get(by(FakeSessions.STRANGER), SESSION),
            () -> resource.start(by(FakeSessions.STRANGER), SESSION),
            () -> resource.stop(by(FakeSessions.STRANGER), SESSION),
            () -> resource.get(by(FakeSessions.ANNA), new UUID(8, 8)),
            () -> resource.get(by(new Caller.Anonymous(FakeSessions.SITE)), SESSION)
        }) {
            assertEquals("404 unknown", refusal(call));
        }
        assertTrue(sessions.isRunning());
    }
}
