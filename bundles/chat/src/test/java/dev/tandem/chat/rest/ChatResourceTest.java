package dev.tandem.chat.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
import org.junit.rules.TemporaryFolder;

import dev.tandem.chat.internal.ChatActivity;
import dev.tandem.chat.internal.MessageView;
import dev.tandem.chat.internal.Scene;
import dev.tandem.chat.rest.ChatResource.NewMessage;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.testing.FakeCall;

public class ChatResourceTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Scene scene;
    private ChatResource resource;

    @Before
    public void open() {
        scene = new Scene(folder.getRoot().toPath());
        resource = new ChatResource(
                scene.conversations(),
                scene.conversations(),
                scene.sessions,
                new ChatActivity(scene.sessions),
                scene.clock);
    }

    @After
    public void close() {
        scene.close();
    }

    @Test
    public void whatIsSaidIsReadByBoth() {
        var said = say(scene.asMarie(), "hello", UUID.randomUUID());
        assertEquals(1, said.number());
        assertEquals(Optional.of(scene.marie.id().value()), said.from());
        assertEquals("Marie Dupont", said.name());
        for (var caller : List.of(scene.asAnna(), scene.asMarie())) {
            var page = read(caller, "0");
            assertEquals(List.of(said), page.messages());
            assertEquals(1, page.number());
            assertEquals(List.of(), read(caller, "1").messages());
        }
    }

    @Test
    public void aPageHasTwoHundredAndTheNextOneFollows() {
        for (int i = 0; i < 203; i++) {
            scene.say(scene.anna, "text " + i);
        }
        var first = read(scene.asMarie(), null);
        assertEquals(200, first.messages().size());
        assertEquals(203, first.number());
        assertEquals(3, read(scene.asMarie(), "200").messages().size());
    }

    @Test
    public void theSameKeyIsTheSameMessageAndAnothersKeyIsNot() {
        var key = UUID.randomUUID();
        var first = say(scene.asMarie(), "once", key);
        assertEquals(first, say(scene.asMarie(), "once", key));
        assertEquals(2, say(scene.asAnna(), "mine", key).number());
        assertEquals(2, read(scene.asAnna(), "").number());
    }

    @Test
    public void nobodyElseReadsOrWrites() {
        var outsiders = List.of(
                Scene.as(Scene.ACME, "Mallory"),
                Scene.as(new dev.tandem.platform.SiteId("other"), "Anna Bell"),
                new Caller.Anonymous(Scene.ACME),
                new Caller.OfCustomer(Scene.ACME, scene.session.id().value(), UUID.randomUUID()));
        for (var outsider : outsiders) {
            assertProblem(404, "unknown", Optional.empty(), () -> read(outsider, "0"));
            assertProblem(404, "unknown", Optional.empty(), () -> say(outsider, "hi", UUID.randomUUID()));
        }
        scene.session.leave(scene.marie.id());
        assertProblem(404, "unknown", Optional.empty(), () -> read(scene.asMarie(), "0"));
        assertProblem(404, "unknown", Optional.empty(), () -> say(scene.asMarie(), "hi", UUID.randomUUID()));
        assertEquals(0, read(scene.asAnna(), "0").number());
    }

    @Test
    public void whatIsWrongIsNamed() {
        var text = Optional.of("text");
        assertProblem(400, "invalid", text, () -> say(scene.asAnna(), "x".repeat(4001), UUID.randomUUID()));
        assertProblem(400, "invalid", text, () -> say(scene.asAnna(), "\u0000", UUID.randomUUID()));
        assertProblem(400, "invalid", text, () -> say(scene.asAnna(), null, UUID.randomUUID()));
        assertProblem(400, "invalid", text, () -> resource.say(new FakeCall(scene.asAnna()), id(), null));
        for (var after : List.of("-1", "x", "1.5", "99999999999999999999")) {
            assertProblem(400, "invalid", Optional.of("after"), () -> read(scene.asAnna(), after));
        }
        assertProblem(
                404, "unknown", Optional.empty(), () -> resource.read(new FakeCall(scene.asAnna()), "no-uuid", "0"));
    }

    @Test
    public void aChangeOfControlEndsTheChatUntilTheNewControllerStartsItAgain() {
        var ben = Cast.agent("Ben Cole");
        var session = scene.sessions.open(Scene.ACME, scene.anna, ben, scene.marie);
        var marie = new Caller.OfCustomer(
                Scene.ACME, session.id().value(), scene.marie.id().value());
        var asBen = Scene.as(Scene.ACME, "Ben Cole");
        var id = session.id().toString();
        resource.say(new FakeCall(marie), id, new NewMessage("hello"));
        session.pass(ben.id());
        for (var caller : List.of(marie, scene.asAnna(), asBen)) {
            assertProblem(
                    409,
                    "chat-stopped",
                    Optional.empty(),
                    () -> resource.say(new FakeCall(caller), id, new NewMessage("hello?")));
        }
        assertEquals(1, resource.read(new FakeCall(marie), id, "0").number());
        assertProblem(403, "not-controller", Optional.empty(), () -> resource.start(new FakeCall(scene.asAnna()), id));
        resource.start(new FakeCall(asBen), id);
        // The former controller takes part again, like everybody.
        resource.say(new FakeCall(scene.asAnna()), id, new NewMessage("I am still here"));
        resource.stop(new FakeCall(asBen), id);
        assertProblem(
                409,
                "chat-stopped",
                Optional.empty(),
                () -> resource.say(new FakeCall(marie), id, new NewMessage("and now?")));
    }

    @Test
    public void tooFastIsToldWhenToComeBack() {
        for (int i = 0; i < 10; i++) {
            say(scene.asMarie(), "text " + i, UUID.randomUUID());
        }
        var problem = assertProblem(
                429, "too-many-messages", Optional.empty(), () -> say(scene.asMarie(), "eleven", UUID.randomUUID()));
        assertEquals(Optional.of(1L), problem.retryAfterSeconds());
        assertEquals(11, say(scene.asAnna(), "not me", UUID.randomUUID()).number());
        scene.clock.advance(Duration.ofSeconds(1));
        assertEquals(12, say(scene.asMarie(), "eleven", UUID.randomUUID()).number());
    }

    private String id() {
        return scene.session.id().toString();
    }

    private ChatResource.Page read(Caller caller, String after) {
        return resource.read(new FakeCall(caller), id(), after);
    }

    private MessageView say(Caller caller, String text, UUID key) {
        return resource.say(new FakeCall(caller, key), id(), new NewMessage(text));
    }

    private static Problem assertProblem(int status, String code, Optional<String> field, ThrowingRunnable run) {
        var problem = assertThrows(ProblemException.class, run).problem();
        assertEquals(problem.toString(), status, problem.status());
        assertEquals(code, problem.code());
        assertEquals(field, problem.field());
        assertTrue(problem.detail().endsWith("."));
        return problem;
    }
}
