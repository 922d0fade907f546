package dev.tandem.chat.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.chat.ChatEvent;
import dev.tandem.chat.ChatMessage;
import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.testing.GoldenEvents;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Conversation;
import dev.tandem.session.SessionId;
import dev.tandem.session.testing.Cast;

public class ChatConversationsTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Scene scene;

    @Before
    public void open() {
        scene = new Scene(folder.getRoot().toPath());
    }

    @After
    public void close() {
        scene.close();
    }

    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(ConversationKind.EVENTS);
    }

    @Test
    public void aMessageSaysWhoWhatAndWhen() {
        scene.clock.advance(Duration.ofMinutes(3));
        assertEquals(1, scene.say(scene.marie, "Où est le bouton ? 😀"));
        assertEquals(
                List.of(new ChatMessage(
                        1,
                        ChatMessage.Kind.TEXT,
                        Optional.of(scene.marie.id()),
                        "Marie Dupont",
                        "Où est le bouton ? 😀",
                        Optional.empty(),
                        false,
                        scene.clock.instant())),
                scene.all());
    }

    @Test
    public void resumingAfterAnyNumberGivesExactlyWhatIsMissing() {
        for (int i = 1; i <= 25; i++) {
            scene.say(i % 3 == 0 ? scene.marie : scene.anna, "text " + i);
        }
        for (int after = 0; after <= 27; after++) {
            var page = scene.conversations().after(Scene.ACME, scene.session.id(), after, 200);
            assertEquals(
                    LongStream.rangeClosed(after + 1, 25).boxed().toList(),
                    page.messages().stream().map(ChatMessage::number).toList());
            assertEquals(25, page.number());
        }
        var page = scene.conversations().after(Scene.ACME, scene.session.id(), 3, 2);
        assertEquals(
                List.of("text 4", "text 5"),
                page.messages().stream().map(ChatMessage::text).toList());
        assertEquals("there is more", 25, page.number());
    }

    @Test
    public void manyAtOnceStandInOneOrderWithoutGaps() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        var ready = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            var who = i % 2 == 0 ? scene.anna : scene.marie;
            var mark = "t" + i + "-";
            threads.execute(() -> {
                ready.countDown();
                for (int n = 0; n < 20; n++) {
                    scene.say(who, mark + n);
                }
            });
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        var all = scene.all();
        assertEquals(
                LongStream.rangeClosed(1, 160).boxed().toList(),
                all.stream().map(ChatMessage::number).toList());
        for (int i = 0; i < 8; i++) {
            var mark = "t" + i + "-";
            var own = all.stream()
                    .map(ChatMessage::text)
                    .filter(t -> t.startsWith(mark))
                    .toList();
            for (int n = 0; n < 20; n++) {
                assertEquals(mark + n, own.get(n));
            }
        }
    }

    @Test
    public void theLatestIsWhatPeopleHaveSaid() {
        for (int i = 1; i <= 6; i++) {
            scene.say(i % 2 == 0 ? scene.marie : scene.anna, "text " + i);
            scene.conversations().note(Scene.ACME, scene.session.id(), Optional.empty(), "note", scene.id());
        }
        var latest = scene.conversations().latest(Scene.ACME, scene.session.id(), 3);
        assertEquals(
                List.of("text 4", "text 5", "text 6"),
                latest.stream().map(one -> one.text()).toList());
        assertEquals("Marie Dupont", latest.get(2).name());
    }

    @Test
    public void aRepeatIsTheSameMessage() {
        var command = scene.id();
        var first = scene.conversations().say(Scene.ACME, scene.session.id(), scene.anna.id(), "once", command);
        scene.say(scene.marie, "between");
        var again = scene.conversations().say(Scene.ACME, scene.session.id(), scene.anna.id(), "once", command);
        assertEquals(number(first), number(again));
        assertEquals(
                List.of("once", "between"),
                scene.all().stream().map(ChatMessage::text).toList());
    }

    @Test
    public void onlyWhoIsInTheSessionSpeaksAndNothingAfterTheEnd() {
        var stranger = Cast.agent("Mallory");
        assertRefused(Refusal.Reason.UNKNOWN, say(Scene.ACME, stranger.id(), "hi"));
        assertRefused(Refusal.Reason.UNKNOWN, say(new SiteId("other"), scene.anna.id(), "hi"));
        scene.session.leave(scene.marie.id());
        assertRefused(Refusal.Reason.UNKNOWN, say(Scene.ACME, scene.marie.id(), "hi"));
        scene.session.end();
        assertRefused(Refusal.Reason.CONFLICT, say(Scene.ACME, scene.anna.id(), "hi"));
        assertEquals(List.of(), scene.all());
    }

    @Test
    public void whatCannotBeShownIsRefused() {
        assertRefused(Refusal.Reason.INVALID, say(Scene.ACME, scene.anna.id(), "bell\u0007"));
        assertRefused(
                Refusal.Reason.INVALID,
                scene.conversations().note(Scene.ACME, scene.session.id(), Optional.empty(), " ", scene.id()));
    }

    @Test
    public void anotherSliceAddsALine() {
        var noted = scene.conversations()
                .note(Scene.ACME, scene.session.id(), Optional.of(scene.marie.id()), "Marie tossed heads", scene.id());
        assertEquals(1, number(noted));
        var line = scene.all().get(0);
        assertEquals(ChatMessage.Kind.NOTICE, line.kind());
        assertEquals(Optional.of(new ChatMessage.Notice("note", "Marie Dupont")), line.notice());
        assertEquals("Marie tossed heads", line.text());
        assertEquals(Optional.empty(), line.from());
        assertRefused(
                Refusal.Reason.UNKNOWN,
                scene.conversations()
                        .note(Scene.ACME, new SessionId(scene.id()), Optional.empty(), "nowhere", scene.id()));
    }

    @Test
    public void erasingAPersonErasesTheirWordsAndName() {
        scene.say(scene.marie, "my password is tulip");
        scene.say(scene.anna, "please do not tell me");
        scene.conversations()
                .note(Scene.ACME, scene.session.id(), Optional.of(scene.marie.id()), "Marie sneezed", scene.id());
        scene.journal.journal().erase(Scene.ACME, "customer:" + scene.marie.id());
        var all = scene.all();
        assertEquals(
                List.of("", "please do not tell me", ""),
                all.stream().map(ChatMessage::text).toList());
        assertEquals(
                List.of(true, false, true),
                all.stream().map(ChatMessage::erased).toList());
        assertEquals("", all.get(0).name());
        assertEquals("", all.get(2).notice().orElseThrow().name());
        assertEquals("Anna Bell", all.get(1).name());
        assertTrue(scene.journal.journal().verify(Scene.ACME).ok());
    }

    @Test
    public void noTableOfOursHoldsAWord() {
        scene.say(scene.marie, "tulip");
        var rows = scene.journal
                .database()
                .read(sql -> sql.all("SELECT * FROM chat_message", row -> {
                    var text = new StringBuilder();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        text.append(row.getString(i)).append(' ');
                    }
                    return text.toString();
                }));
        assertEquals(1, rows.size());
        assertFalse(rows.get(0), rows.get(0).contains("tulip") || rows.get(0).contains("Marie"));
    }

    @Test
    public void aStopAndAStartLeaveTheConversationAsItWas() {
        scene.say(scene.anna, "before");
        var before = scene.all();
        scene.stop();
        assertThrows(RuntimeException.class, () -> scene.say(scene.anna, "while it is stopped"));
        scene.start();
        assertEquals(before, scene.all());
        assertEquals(2, scene.say(scene.anna, "after"));
    }

    @Test
    public void everyMessageRingsAndIsPublishedWithoutWords() {
        var heard = new ArrayList<Object>();
        try (var subscription = scene.journal.subscribe(subscriber(heard))) {
            scene.say(scene.marie, "hello");
            scene.journal.settle();
        }
        assertEquals(List.of("chat/" + scene.session.id()), scene.rung);
        assertEquals(
                List.of(new ChatEvent.Posted(Scene.ACME, scene.session.id(), 1, Optional.of(scene.marie.id()))), heard);
    }

    private static EventSubscriber subscriber(List<Object> heard) {
        return new EventSubscriber() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void on(Published event) {
                heard.add(event.event());
            }
        };
    }

    private Answer<Conversation.Posted> say(SiteId site, dev.tandem.session.ParticipantId who, String text) {
        return scene.conversations().say(site, scene.session.id(), who, text, UUID.randomUUID());
    }

    private static long number(Answer<Conversation.Posted> answer) {
        return answer.orElseThrow(refusal -> new IllegalStateException(refusal.toString()))
                .number();
    }

    private static void assertRefused(Refusal.Reason reason, Answer<Conversation.Posted> answer) {
        assertTrue(answer.toString(), answer instanceof Answer.Refused);
        assertEquals(reason, ((Answer.Refused<?>) answer).refusal().reason());
    }
}
