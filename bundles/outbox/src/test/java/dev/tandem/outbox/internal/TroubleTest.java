package dev.tandem.outbox.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.Command;
import dev.tandem.journal.None;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.outbox.Message.State;
import dev.tandem.outbox.MessageId;
import dev.tandem.outbox.Problems;
import dev.tandem.outbox.testing.FakeServer;

/** Servers that refuse, dawdle and die, and nodes that do. */
public class TroubleTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private FakeServer fake;
    private Post post;

    @Before
    public void open() throws IOException {
        fake = new FakeServer();
        post = new Post(Post.sqlite(folder.getRoot().toPath()), clock, Optional.of(Post.at(fake.port())));
    }

    @After
    public void close() throws IOException {
        post.close();
        fake.close();
    }

    private MessageId send() {
        return post.send(Post.mail("zoe@example.com"));
    }

    private void refused(String to, String answer, String problem) {
        fake.answer(to, answer);
        assertEquals(Optional.of(problem), post.await(send(), State.FAILED).problem());
        assertEquals(1, fake.visits.get());
        assertEquals(0, fake.taken.size());
    }

    private void putOff(String to, String answer, String problem) {
        fake.answer(to, answer);
        var id = send();
        assertEquals(Optional.of(problem), post.await(id, State.RETRYING).problem());
        fake.answer(to, to.equals("DATA") ? "354 go on" : to.equals("GREETING") ? "220 hello" : "250 fine");
        post.later(Duration.ofSeconds(10));
        post.await(id, State.SENT);
        assertEquals(1, fake.taken.size());
    }

    @Test
    public void noSuchMailbox() {
        refused("RCPT", "550 5.1.1 no such user", Problems.ADDRESS_REFUSED);
    }

    @Test
    public void nothingFromUs() {
        refused("MAIL", "553 5.7.1 not from you", Problems.SENDER_REFUSED);
    }

    @Test
    public void notThisMail() {
        refused(".", "554 5.6.0 looks like spam", Problems.REFUSED);
    }

    @Test
    public void noMailAtAll() {
        refused("DATA", "554 no", Problems.REFUSED);
    }

    @Test
    public void fullMailboxesAreTriedAgain() {
        putOff("RCPT", "552 5.2.2 full", Problems.SERVER_BUSY);
    }

    @Test
    public void greylistingIsTriedAgain() {
        putOff("RCPT", "451 4.7.1 later", Problems.SERVER_BUSY);
    }

    @Test
    public void busyAfterTheWholeMailIsTriedAgain() {
        putOff(".", "451 4.3.0 later", Problems.SERVER_BUSY);
    }

    @Test
    public void whoeverMustSignInIsTold() {
        putOff("MAIL", "530 5.7.0 sign in first", Problems.SIGN_IN_REFUSED);
    }

    @Test
    public void aServerThatIsGoingDownIsTriedAgain() {
        putOff("GREETING", "421 going down", Problems.SERVER_BUSY);
    }

    @Test
    public void aServerThatDiesBeforeTheMailIsTriedAgain() {
        putOff("DATA", FakeServer.HANG_UP, Problems.UNREACHABLE);
    }

    @Test
    public void aServerThatSaysNothingIsTriedAgain() {
        post.goesTo(Post.at(fake.port(), Post.patience(5_000, 300, 20_000, 20_000)));
        putOff("EHLO", FakeServer.SILENCE, Problems.SERVER_SLOW);
    }

    @Test
    public void aServerThatDawdlesIsLeftAfterAWhile() {
        post.goesTo(Post.at(fake.port(), Post.patience(5_000, 20_000, 700, 20_000)));
        putOff("MAIL", FakeServer.DAWDLE, Problems.SERVER_SLOW);
    }

    @Test
    public void aServerThatDiesWithTheWholeMailLeavesItUncertainAndNobodySendsItAgain() {
        fake.answer(".", FakeServer.HANG_UP);
        var id = send();
        assertEquals(
                Optional.of(Problems.UNCERTAIN), post.await(id, State.UNCERTAIN).problem());
        fake.answer(".", "250 taken");
        post.later(Duration.ofDays(2));
        assertEquals(State.UNCERTAIN, post.find(id).state());
        assertEquals(1, fake.visits.get());
        post.streams.again(Post.ACME, id, "agent:anna", UUID.randomUUID());
        assertEquals(2, post.await(id, State.SENT).attempts());
        assertEquals("the same id twice", messageId(fake.ended.get(0)), messageId(fake.ended.get(1)));
    }

    private static String messageId(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void aServerThatNeverAnswersTheWholeMailLeavesItUncertain() {
        post.goesTo(Post.at(fake.port(), Post.patience(5_000, 20_000, 20_000, 300)));
        fake.answer(".", FakeServer.SILENCE);
        post.await(send(), State.UNCERTAIN);
        assertEquals(1, fake.ended.size());
    }

    @Test
    public void oneSlowMailHoldsUpNoOther() {
        fake.answer("EHLO", FakeServer.SILENCE);
        var slow = send();
        Post.await(() -> fake.silent.get() == 1, () -> "the slow one is at the server");
        fake.answer("EHLO", "250 fine");
        post.await(send(), State.SENT);
        assertEquals(State.QUEUED, post.find(slow).state());
    }

    @Test
    public void noHeaderIsAddedByWhatPeopleType() {
        for (var subject : java.util.List.of("Hello\r\nBcc: all@example.com", "Hello\nX: y", "a\u0000b", " ")) {
            try {
                Post.mail("zoe@example.com", subject, "text");
                throw new AssertionError(subject + " is taken for a subject");
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage(), e.getMessage().startsWith("A subject"));
            }
        }
        // A dot alone in a line ends a mail, and must not.
        var id = post.send(Post.mail("zoe@example.com", "Hello", "one\r\n.\r\nMAIL FROM:<x@example.com>\r\n"));
        post.await(id, State.SENT);
        assertEquals(1, fake.ended.size());
        assertTrue(fake.taken.get(0), fake.taken.get(0).contains("MAIL FROM:<x@example.com>"));
    }

    /** The node is killed at that moment, and another process goes on with its database. */
    private State afterDeath(boolean before) throws InterruptedException {
        var file = Post.sqlite(folder.getRoot().toPath());
        post.close();
        var dying = new Dying(before);
        var first = new Post(JournalRuntime.open(file, clock), clock, Optional.of(Post.at(fake.port())), dying);
        var id = first.send(Post.mail("zoe@example.com"));
        dying.there.await();
        first.journal.kill();
        dying.goOn.countDown();
        first.stopCourier();
        post = new Post(file, clock, Optional.of(Post.at(fake.port())));
        return post.await(id, State.SENT, State.UNCERTAIN).state();
    }

    @Test
    public void aNodeThatDiesBeforeTheLastLineHasSentNothingAndTheNextOneDoes() throws InterruptedException {
        assertEquals(State.SENT, afterDeath(true));
        assertEquals(1, fake.taken.size());
    }

    @Test
    public void aNodeThatDiesWithTheAnswerLeavesItUncertain() throws InterruptedException {
        assertEquals(State.UNCERTAIN, afterDeath(false));
        assertEquals(1, fake.taken.size());
        post.later(Duration.ofDays(2));
        assertEquals(1, fake.taken.size());
    }

    @Test
    public void theRightToTheLastLineIsGivenOnceForEachAttempt() {
        fake.answer("EHLO", FakeServer.SILENCE);
        var id = send();
        var node = UUID.randomUUID();
        assertTrue(hand(id, 1, node) instanceof dev.tandem.journal.Answer.Accepted<None>);
        assertTrue(hand(id, 1, node) instanceof dev.tandem.journal.Answer.Refused<None>);
        assertTrue(hand(id, 2, node) instanceof dev.tandem.journal.Answer.Refused<None>);
        note(id, new Outcome.Later(Problems.SERVER_BUSY));
        assertEquals(State.RETRYING, post.find(id).state());
        note(id, new Outcome.Delivered());
        assertEquals(
                "what comes too late changes nothing",
                State.RETRYING,
                post.find(id).state());
    }

    @Test
    public void whoWasTakenForDeadKnowsBetter() {
        fake.answer("EHLO", FakeServer.SILENCE);
        var id = send();
        hand(id, 1, UUID.randomUUID());
        post.later(MailRules.LONGEST_HANDING);
        assertEquals(State.UNCERTAIN, post.find(id).state());
        note(id, new Outcome.Unknown());
        assertEquals(State.UNCERTAIN, post.find(id).state());
        note(id, new Outcome.Delivered());
        assertEquals(State.SENT, post.find(id).state());
    }

    private dev.tandem.journal.Answer<None> hand(MessageId id, int attempt, UUID node) {
        return post.streams.execute(command(id), (state, now) -> MailRules.hand(state, now, attempt, node));
    }

    private void note(MessageId id, Outcome outcome) {
        post.streams.execute(command(id), (state, now) -> MailRules.outcome(state, now, 1, outcome));
    }

    private static Command<None> command(MessageId id) {
        return new Command<>(Post.ACME, id.value(), UUID.randomUUID(), "test", None.class);
    }
}
