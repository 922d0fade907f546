package dev.tandem.chat.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.ProblemException;

public class ChatTopicsTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Scene scene;
    private ChatTopics topics;

    @Before
    public void open() {
        scene = new Scene(folder.getRoot().toPath());
        topics = new ChatTopics(scene.conversations(), scene.sessions);
    }

    @After
    public void close() {
        scene.close();
    }

    @Test
    public void bothSidesGetWhatTheyHaveNotSeen() {
        scene.say(scene.anna, "one");
        scene.say(scene.marie, "two");
        for (var caller : List.of(scene.asAnna(), scene.asMarie())) {
            assertEquals(List.of(1L, 2L), numbers(after(caller, 0)));
            assertEquals(List.of(2L), numbers(after(caller, 1)));
            assertEquals(List.of(), numbers(after(caller, 2)));
            assertEquals(List.of(), numbers(after(caller, 99)));
        }
        var message = after(scene.asAnna(), 1).messages().get(0);
        assertEquals("chat.message", message.type());
        assertEquals("two", ((MessageView) message.body()).text());
    }

    @Test
    public void aLongConversationComesPageByPage() {
        for (int i = 1; i <= 401; i++) {
            scene.say(scene.anna, "text " + i);
        }
        long seen = 0;
        for (int page = 1; page <= 3; page++) {
            var delivery = after(scene.asMarie(), seen);
            var expected = LongStream.rangeClosed(seen + 1, Math.min(seen + 200, 401))
                    .boxed()
                    .toList();
            assertEquals(expected, numbers(delivery));
            assertEquals(page < 3, delivery.more());
            seen = expected.get(expected.size() - 1);
        }
        assertFalse(after(scene.asMarie(), seen).more());
    }

    @Test
    public void whoIsNotInTheSessionReadsNothing() {
        scene.say(scene.anna, "secret");
        assertUnknown(Scene.as(Scene.ACME, "Mallory"), id());
        assertUnknown(Scene.as(new SiteId("other"), "Anna Bell"), id());
        assertUnknown(new Caller.Anonymous(Scene.ACME), id());
        assertUnknown(scene.asAnna(), "no-uuid");
        assertUnknown(scene.asAnna(), scene.id().toString());
    }

    @Test
    public void whoLeavesIsServedNoMore() {
        after(scene.asMarie(), 0);
        scene.session.leave(scene.marie.id());
        scene.say(scene.anna, "about Marie");
        assertUnknown(scene.asMarie(), id());
        scene.session.end();
        assertUnknown(scene.asAnna(), id());
    }

    private String id() {
        return scene.session.id().toString();
    }

    private LiveTopics.Delivery.Messages after(Caller caller, long number) {
        return (LiveTopics.Delivery.Messages) topics.after(caller, id(), number);
    }

    private static List<Long> numbers(LiveTopics.Delivery.Messages delivery) {
        return delivery.messages().stream().map(LiveTopics.Message::number).toList();
    }

    private void assertUnknown(Caller caller, String id) {
        var refused = assertThrows(ProblemException.class, () -> topics.after(caller, id, 0));
        assertTrue(refused.toString(), refused.problem().status() == 404);
    }
}
