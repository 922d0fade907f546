package dev.tandem.outbox.internal;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Nodes;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.outbox.Message.State;
import dev.tandem.outbox.MessageId;
import dev.tandem.outbox.testing.FakeServer;

/** Two nodes on one PostgreSQL: one of them sends, and when it dies the other one goes on. */
public class SeveralNodesTest {
    private final TestClock clock = new TestClock();
    private final List<Post> posts = new ArrayList<>();
    private final DataSource source = TestDatabase.POSTGRESQL.fresh(Path.of("."));
    private FakeServer fake;

    @Before
    public void open() throws IOException {
        fake = new FakeServer();
    }

    @After
    public void close() throws IOException {
        posts.forEach(Post::close);
        fake.close();
    }

    private Post node(String name, Optional<SmtpServer> to, Carrier carrier) {
        var post = new Post(JournalRuntime.node(source, clock, name), clock, to, carrier);
        posts.add(post);
        return post;
    }

    private Optional<SmtpServer> server() {
        return Optional.of(Post.at(fake.port()));
    }

    @Test
    public void whateverIsSentFromEitherGoesOnce() {
        var one = node("one", server(), new Smtp());
        var two = node("two", server(), new Smtp());
        var ids = new ArrayList<MessageId>();
        for (int i = 0; i < 10; i++) {
            ids.add(one.send(Post.mail("zoe" + i + "@example.com")));
            ids.add(two.send(Post.mail("max" + i + "@example.com")));
        }
        ids.forEach(id -> one.await(id, State.SENT));
        assertEquals(20, fake.ended.size());
        assertEquals(20, fake.taken.size());
    }

    @Test
    public void aNodeWithoutAMailServerLeavesItToOneThatHas() {
        var without = node("one", Optional.empty(), new Smtp());
        var id = without.send(Post.mail("zoe@example.com"));
        var with = node("two", server(), new Smtp());
        with.await(id, State.SENT);
        without.await(id, State.SENT);
    }

    /** The node that has the lease dies at that moment. */
    private State afterDeath(boolean before) throws InterruptedException {
        var dying = new Dying(before);
        var first = node("one", server(), dying);
        var id = first.send(Post.mail("zoe@example.com"));
        dying.there.await();
        var second = node("two", server(), new Smtp());
        first.journal.kill();
        posts.remove(first);
        dying.goOn.countDown();
        first.stopCourier();
        assertEquals(
                "it may still live",
                before ? State.QUEUED : State.SENDING,
                second.find(id).state());
        // In small steps: who has been out of touch for long judges nobody.
        for (int i = 0; i <= Nodes.PATIENCE.toSeconds() + 1; i++) {
            clock.advance(Nodes.BEAT);
            second.journal.beat();
        }
        return second.await(id, State.SENT, State.UNCERTAIN).state();
    }

    @Test
    public void theOtherNodeSendsWhatWasNotHandedOver() throws InterruptedException {
        assertEquals(State.SENT, afterDeath(true));
        assertEquals(1, fake.taken.size());
    }

    @Test
    public void theOtherNodeSendsNothingTwice() throws InterruptedException {
        assertEquals(State.UNCERTAIN, afterDeath(false));
        posts.get(0).later(Duration.ofDays(2));
        assertEquals(1, fake.ended.size());
    }
}
