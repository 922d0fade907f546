package dev.tandem.outbox.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.tandem.journal.Answer;
import dev.tandem.journal.testing.GoldenEvents;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.outbox.Message.State;
import dev.tandem.outbox.OutboxEvent;
import dev.tandem.outbox.Problems;
import dev.tandem.outbox.internal.SmtpServer.Login;
import dev.tandem.outbox.internal.SmtpServer.Security;

import jakarta.mail.internet.MimeMultipart;

/** Mail over real SMTP, to GreenMail. */
public class DeliveryTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private GreenMail greenMail;
    private Post post;

    @Before
    public void open() {
        greenMail = greenMail(0, ServerSetup.PROTOCOL_SMTP);
        greenMail.start();
        post = new Post(Post.sqlite(folder.getRoot().toPath()), clock, Optional.of(Post.at(port())));
    }

    @After
    public void close() {
        post.close();
        greenMail.stop();
    }

    /** With time enough to start on a busy machine. */
    private static GreenMail greenMail(int port, String protocol) {
        var setup = new ServerSetup(port, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(60_000);
        return new GreenMail(setup);
    }

    private int port() {
        return greenMail.getSmtp().getPort();
    }

    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(MailFact.TYPES);
    }

    @Test
    public void aMailArrivesAsTextAndAsHtmlWithSafeHeaders() throws Exception {
        var id = post.send(Post.mail("zoe@example.com"));
        post.await(id, State.SENT);
        assertEquals(1, greenMail.getReceivedMessages().length);
        var mail = greenMail.getReceivedMessages()[0];
        assertEquals("Votre séance d’assistance", mail.getSubject());
        assertTrue(mail.getHeader("Subject")[0], mail.getHeader("Subject")[0].startsWith("=?UTF-8?"));
        assertEquals("Tandem Support <support@example.org>", mail.getFrom()[0].toString());
        assertEquals("zoe@example.com", mail.getAllRecipients()[0].toString());
        assertEquals("<" + id + "@example.org>", mail.getMessageID());
        assertEquals("auto-generated", mail.getHeader("Auto-Submitted")[0]);
        assertEquals("fr", mail.getHeader("Content-Language")[0]);
        assertEquals(clock.instant(), mail.getSentDate().toInstant());
        var parts = (MimeMultipart) mail.getContent();
        assertTrue(parts.getContentType(), parts.getContentType().startsWith("multipart/alternative"));
        assertEquals(2, parts.getCount());
        assertTrue(parts.getBodyPart(0).isMimeType("text/plain"));
        assertEquals(
                "Bonjour Zoë, ouvrez : https://help.example.org/i/abc",
                parts.getBodyPart(0).getContent().toString().strip());
        assertTrue(parts.getBodyPart(1).isMimeType("text/html"));
        assertTrue(parts.getBodyPart(1).getContent().toString().contains("<p>Bonjour Zoë</p>"));
    }

    @Test
    public void whoFollowsHearsOfEachState() {
        var id = post.send(Post.mail("zoe@example.com"));
        post.await(id, State.SENT);
        post.journal.settle();
        assertEquals(
                List.of(State.QUEUED, State.SENDING, State.SENT),
                post.heard.stream().map(OutboxEvent.Changed::state).toList());
        assertEquals(Optional.of("invitation/7"), post.heard.get(2).about());
        assertEquals(1, post.heard.get(2).attempts());
    }

    @Test
    public void theSameCommandSendsOneMail() {
        var command = UUID.randomUUID();
        var first = post.streams.send(Post.ACME, command, Post.mail("zoe@example.com"));
        var second = post.streams.send(Post.ACME, command, Post.mail("zoe@example.com"));
        assertEquals(value(first), value(second));
        post.await(value(first), State.SENT);
        post.later(Duration.ofDays(2));
        assertEquals(1, greenMail.getReceivedMessages().length);
    }

    @Test
    public void manyAreAllSentOnce() {
        var ids = new java.util.ArrayList<dev.tandem.outbox.MessageId>();
        for (int i = 0; i < 25; i++) {
            ids.add(post.send(Post.mail("zoe" + i + "@example.com")));
        }
        ids.forEach(id -> post.await(id, State.SENT));
        assertEquals(25, greenMail.getReceivedMessages().length);
    }

    @Test
    public void aServerThatAsksWhoWeAreIsTold() {
        greenMail.setUser("tandem@example.org", "tandem", "s3cret");
        post.goesTo(Post.at(port(), Security.NONE, Optional.of(new Login("tandem", "s3cret")), Post.patience()));
        post.await(post.send(Post.mail("zoe@example.com")), State.SENT);
    }

    @Test
    public void aWrongPasswordIsTriedAgainAndARightOneSendsAtOnce() {
        greenMail.setUser("tandem@example.org", "tandem", "s3cret");
        post.goesTo(Post.at(port(), Security.NONE, Optional.of(new Login("tandem", "wrong")), Post.patience()));
        var id = post.send(Post.mail("zoe@example.com"));
        assertEquals(
                Optional.of(Problems.SIGN_IN_REFUSED),
                post.await(id, State.RETRYING).problem());
        post.goesTo(Post.at(port(), Security.NONE, Optional.of(new Login("tandem", "s3cret")), Post.patience()));
        post.await(id, State.SENT);
        assertEquals(1, greenMail.getReceivedMessages().length);
    }

    @Test
    public void aServerWithoutTlsGetsNothingWhereTlsIsWanted() {
        post.goesTo(Post.at(port(), Security.STARTTLS, Optional.empty(), Post.patience()));
        var id = post.send(Post.mail("zoe@example.com"));
        assertEquals(
                Optional.of(Problems.NO_TLS), post.await(id, State.RETRYING).problem());
        assertEquals(0, greenMail.getReceivedMessages().length);
    }

    @Test
    public void aCertificateThatDoesNotHoldGetsNothing() {
        Certified.greenMail();
        var secure = greenMail(0, ServerSetup.PROTOCOL_SMTPS);
        secure.start();
        try {
            post.goesTo(Post.at(secure.getSmtps().getPort(), Security.TLS, Optional.empty(), Post.patience()));
            var id = post.send(Post.mail("zoe@example.com"));
            assertEquals(
                    Optional.of(Problems.NO_TLS), post.await(id, State.RETRYING).problem());
            assertEquals(0, secure.getReceivedMessages().length);
        } finally {
            secure.stop();
        }
    }

    @Test
    public void theServerIsDownForAWhile() {
        int port = port();
        greenMail.stop();
        var id = post.send(Post.mail("zoe@example.com"));
        var waiting = post.await(id, State.RETRYING);
        assertEquals(Optional.of(Problems.UNREACHABLE), waiting.problem());
        assertEquals(Optional.of(clock.instant().plusSeconds(10)), waiting.next());
        post.later(Duration.ofSeconds(10));
        Post.await(() -> post.find(id).attempts() == 2, () -> "a second attempt");
        assertEquals(
                Optional.of(clock.instant().plusSeconds(60)),
                post.await(id, State.RETRYING).next());
        greenMail = greenMail(port, ServerSetup.PROTOCOL_SMTP);
        greenMail.start();
        post.later(Duration.ofMinutes(1));
        assertEquals(3, post.await(id, State.SENT).attempts());
        assertEquals(1, greenMail.getReceivedMessages().length);
    }

    @Test
    public void aServerThatStaysDownIsGivenUpAfterADayAndAPersonMayWantItAgain() throws Exception {
        int port = port();
        greenMail.stop();
        var id = post.send(Post.mail("zoe@example.com"));
        var began = clock.instant();
        int tries = 0;
        while (post.await(id, State.RETRYING, State.FAILED).state() == State.RETRYING) {
            int before = post.find(id).attempts();
            tries = before;
            clock.set(post.find(id).next().orElseThrow());
            post.journal.fireDue();
            Post.await(
                    () -> post.find(id).attempts() > before || post.find(id).state() == State.FAILED,
                    () -> "attempt " + (before + 1));
            Post.await(() -> post.find(id).state() != State.QUEUED, () -> "an outcome");
        }
        assertEquals(Optional.of(Problems.UNREACHABLE), post.find(id).problem());
        assertTrue("tries: " + tries, tries >= 9 && tries < 20);
        assertFalse(clock.instant().isAfter(began.plus(Duration.ofDays(1))));
        greenMail = greenMail(port, ServerSetup.PROTOCOL_SMTP);
        greenMail.start();
        post.streams.again(Post.ACME, id, "agent:anna", UUID.randomUUID());
        post.await(id, State.SENT);
        assertEquals("<" + id + "@example.org>", greenMail.getReceivedMessages()[0].getMessageID());
    }

    @Test
    public void whatWaitsIsSentAfterARestart() {
        int port = port();
        greenMail.stop();
        var id = post.send(Post.mail("zoe@example.com"));
        post.await(id, State.RETRYING);
        post.close();
        greenMail = greenMail(port, ServerSetup.PROTOCOL_SMTP);
        greenMail.start();
        post = new Post(Post.sqlite(folder.getRoot().toPath()), clock, Optional.of(Post.at(port)));
        post.later(Duration.ofSeconds(10));
        post.await(id, State.SENT);
        assertEquals(1, greenMail.getReceivedMessages().length);
    }

    @Test
    public void withoutAServerMailWaitsForOne() {
        post.server.know(new MailServer.Known(Optional.empty(), Optional.empty()));
        var id = post.send(Post.mail("zoe@example.com"));
        assertFalse(post.streams.ready());
        assertEquals(State.QUEUED, post.find(id).state());
        post.goesTo(Post.at(port()));
        post.await(id, State.SENT);
        var other = noServerForADay();
        assertEquals(Optional.of(Problems.NOT_CONFIGURED), post.find(other).problem());
    }

    private dev.tandem.outbox.MessageId noServerForADay() {
        post.server.know(new MailServer.Known(Optional.empty(), Optional.empty()));
        var id = post.send(Post.mail("zoe@example.com"));
        post.later(Duration.ofDays(1));
        post.await(id, State.FAILED);
        return id;
    }

    @Test
    public void whatNobodyWantsAnyMoreIsNotSent() {
        int port = port();
        greenMail.stop();
        var id = post.send(Post.mail("zoe@example.com"));
        post.await(id, State.RETRYING);
        post.streams.cancel(Post.ACME, id, "agent:anna", UUID.randomUUID());
        assertEquals(State.CANCELLED, post.find(id).state());
        greenMail = greenMail(port, ServerSetup.PROTOCOL_SMTP);
        greenMail.start();
        post.later(Duration.ofDays(2));
        assertEquals("message-cancelled", code(post.streams.again(Post.ACME, id, "agent:anna", UUID.randomUUID())));
        assertEquals(State.CANCELLED, post.find(id).state());
        assertEquals(0, greenMail.getReceivedMessages().length);
    }

    @Test
    public void whoIsErasedGetsNothing() {
        int port = port();
        greenMail.stop();
        var id = post.send(Post.mail("zoe@example.com"));
        post.await(id, State.RETRYING);
        assertEquals(4, post.journal.journal().erase(Post.ACME, "customer:zoe"));
        assertEquals(Optional.empty(), post.find(id).to());
        greenMail = greenMail(port, ServerSetup.PROTOCOL_SMTP);
        greenMail.start();
        post.later(Duration.ofSeconds(10));
        assertEquals(Optional.of(Problems.ERASED), post.await(id, State.FAILED).problem());
        assertEquals(0, greenMail.getReceivedMessages().length);
        assertTrue(post.journal.journal().verify(Post.ACME).ok());
    }

    @Test
    public void badAddressesAreToldAtOnce() {
        assertEquals("bad-address", code(post.streams.send(Post.ACME, UUID.randomUUID(), Post.mail("zoe"))));
        assertEquals(
                "one-address",
                code(post.streams.send(Post.ACME, UUID.randomUUID(), Post.mail("zoe@example.com, max@example.com"))));
        assertEquals(List.of(), post.streams.table().since(java.time.Instant.EPOCH, 10));
    }

    private static <A> A value(Answer<A> answer) {
        return answer.orElseThrow(refusal -> new IllegalStateException(refusal.code()));
    }

    private static String code(Answer<?> answer) {
        return ((Answer.Refused<?>) answer).refusal().code();
    }
}
