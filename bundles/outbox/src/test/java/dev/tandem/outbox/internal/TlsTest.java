package dev.tandem.outbox.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.tandem.journal.testing.TestClock;
import dev.tandem.outbox.Message.State;
import dev.tandem.outbox.Problems;
import dev.tandem.outbox.internal.SmtpServer.Patience;
import dev.tandem.outbox.internal.SmtpServer.Security;
import dev.tandem.outbox.testing.FakeServer;

/** Mail over TLS: to a server whose certificate holds and bears its name, and to no other. */
public class TlsTest {
    private static final Certified OURS = Certified.make("ip:127.0.0.1");
    private static final Certified ANOTHERS = Certified.make("dns:mail.example.org");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private FakeServer fake;
    private Post post;

    @Before
    public void open() throws Exception {
        fake = new FakeServer();
        post = new Post(Post.sqlite(folder.getRoot().toPath()), new TestClock(), Optional.empty());
    }

    @After
    public void close() throws Exception {
        post.close();
        fake.close();
    }

    private Path pem(Certified of) throws Exception {
        return of.pem(folder.newFile().toPath());
    }

    private static SmtpServer at(int port, Security security, Patience patience, Path trust) {
        var server = Post.at(port, security, Optional.empty(), patience);
        return new SmtpServer(
                server.host(),
                server.port(),
                server.security(),
                server.login(),
                server.from(),
                server.helo(),
                server.patience(),
                Optional.of(Trust.read(trust.toString())));
    }

    private void goesTo(int port, Security security, Certified trusted) throws Exception {
        post.goesTo(at(port, security, Post.patience(), pem(trusted)));
    }

    @Test
    public void aMailArrivesOverTlsAtAServerThatIsTrusted() throws Exception {
        var trusted = Certified.greenMail();
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
        setup.setServerStartupTimeout(60_000);
        var greenMail = new GreenMail(setup);
        greenMail.start();
        try {
            goesTo(greenMail.getSmtps().getPort(), Security.TLS, trusted);
            post.await(post.send(Post.mail("zoe@example.com")), State.SENT);
            assertEquals(1, greenMail.getReceivedMessages().length);
            assertEquals("Votre séance d’assistance", greenMail.getReceivedMessages()[0].getSubject());
        } finally {
            greenMail.stop();
        }
    }

    @Test
    public void aMailArrivesAfterStartTlsAndNothingOfItGoesBefore() throws Exception {
        fake.startsTls(OURS.context());
        goesTo(fake.port(), Security.STARTTLS, OURS);
        post.await(post.send(Post.mail("zoe@example.com")), State.SENT);
        assertEquals(1, fake.taken.size());
        assertEquals(List.of("EHLO", "STARTTLS"), fake.inTheClear);
    }

    @Test
    public void aCertificateThatNobodyTrustsGetsNothingUntilSomebodyDoes() throws Exception {
        fake.startsTls(OURS.context());
        goesTo(fake.port(), Security.STARTTLS, ANOTHERS);
        var id = post.send(Post.mail("zoe@example.com"));
        assertEquals(
                Optional.of(Problems.NO_TLS), post.await(id, State.RETRYING).problem());
        assertEquals(List.of("EHLO", "STARTTLS"), fake.inTheClear);
        assertTrue(fake.taken.isEmpty());

        goesTo(fake.port(), Security.STARTTLS, OURS);
        post.await(id, State.SENT);
        assertEquals("once", 1, fake.taken.size());
    }

    @Test
    public void aTrustedCertificateWithAnotherNameGetsNothing() throws Exception {
        fake.startsTls(ANOTHERS.context());
        goesTo(fake.port(), Security.STARTTLS, ANOTHERS);
        var id = post.send(Post.mail("zoe@example.com"));
        assertEquals(
                Optional.of(Problems.NO_TLS), post.await(id, State.RETRYING).problem());
        assertTrue(fake.taken.isEmpty());

        try (var other = new FakeServer().speaksTls(ANOTHERS.context())) {
            goesTo(other.port(), Security.TLS, ANOTHERS);
            Post.await(() -> other.visits.get() > 0, () -> "a visit");
            Post.await(() -> post.find(id).attempts() == 2, () -> "a second attempt");
            assertEquals(
                    Optional.of(Problems.NO_TLS), post.await(id, State.RETRYING).problem());
            assertTrue(other.taken.isEmpty());
        }
    }

    /** The patience is that of the line below. */
    @Test
    public void aServerThatDawdlesWithinTlsIsGivenUp() throws Exception {
        fake.speaksTls(OURS.context()).answer("EHLO", FakeServer.DAWDLE);
        post.goesTo(at(fake.port(), Security.TLS, Post.patience(20_000, 20_000, 2_000, 20_000), pem(OURS)));
        var id = post.send(Post.mail("zoe@example.com"));
        assertEquals(
                Optional.of(Problems.SERVER_SLOW),
                post.await(id, State.RETRYING).problem());
    }
}
