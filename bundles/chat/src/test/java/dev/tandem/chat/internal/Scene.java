package dev.tandem.chat.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.sqlite.SQLiteDataSource;

import dev.tandem.chat.ChatMessage;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.web.Caller;

/** Anna and Marie in a session, over a real journal. */
public final class Scene implements AutoCloseable {
    public static final SiteId ACME = new SiteId("acme");

    public final TestClock clock = new TestClock();
    public final FakeSessions sessions = new FakeSessions(clock);
    public final Participant anna = Cast.agent("Anna Bell");
    public final Participant marie = Cast.customer("Marie Dupont");
    public final FakeSession session = sessions.open(ACME, anna, marie);
    public final List<String> rung = new CopyOnWriteArrayList<>();
    public final JournalRuntime journal;
    private ChatConversations conversations;

    public Scene(Path folder) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
        journal = JournalRuntime.open(source, clock);
        conversations = opened();
    }

    private ChatConversations opened() {
        return new ChatConversations(
                journal.journal(), journal.database(), journal.sealer(), sessions, (site, topic) -> rung.add(topic));
    }

    public ChatConversations conversations() {
        return conversations;
    }

    /** As when the bundle stops. */
    public void stop() {
        conversations.close();
    }

    /** As when it starts again. */
    public void start() {
        conversations = opened();
    }

    public UUID id() {
        return UUID.randomUUID();
    }

    public long say(Participant who, String text) {
        return conversations
                .say(ACME, session.id(), who.id(), text, id())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()))
                .number();
    }

    public List<ChatMessage> all() {
        return conversations.after(ACME, session.id(), 0, 200).messages();
    }

    public Caller asAnna() {
        return as(ACME, "Anna Bell");
    }

    public static Caller as(SiteId site, String agent) {
        return Cast.agent(site, agent, agent);
    }

    public Caller asMarie() {
        return new Caller.OfCustomer(ACME, session.id().value(), marie.id().value());
    }

    @Override
    public void close() {
        stop();
        journal.close();
    }
}
