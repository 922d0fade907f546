package dev.tandem.outbox.internal;

import static org.junit.Assert.fail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.outbox.Mail;
import dev.tandem.outbox.Message;
import dev.tandem.outbox.MessageId;
import dev.tandem.outbox.OutboxEvent;
import dev.tandem.outbox.internal.SmtpServer.Patience;
import dev.tandem.outbox.internal.SmtpServer.Security;
import dev.tandem.platform.SiteId;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** A node with an outbox over a real journal. Deadlines fire when the test says so; the clock stands still. */
final class Post implements AutoCloseable {
    static final SiteId ACME = new SiteId("acme");
    private static final Duration BOUND = Duration.ofSeconds(60);

    final TestClock clock;
    final JournalRuntime journal;
    final MailServer server;
    final OutboxStreams streams;
    final List<OutboxEvent.Changed> heard = new CopyOnWriteArrayList<>();
    private final Courier courier;
    private final JournalRuntime.Subscription hearing;

    static DataSource sqlite(Path folder) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
        return source;
    }

    Post(DataSource source, TestClock clock, Optional<SmtpServer> to) {
        this(JournalRuntime.open(source, clock), clock, to, new Smtp());
    }

    Post(JournalRuntime journal, TestClock clock, Optional<SmtpServer> to, Carrier carrier) {
        this.clock = clock;
        this.journal = journal;
        this.server = new MailServer(new MailServer.Known(to, Optional.empty()));
        this.streams = new OutboxStreams(journal.journal(), journal.database(), journal.sealer(), server, clock);
        this.hearing = journal.subscribe(new EventSubscriber() {
            @Override
            public String name() {
                return "test.outbox";
            }

            @Override
            public void on(Published event) {
                if (event.event() instanceof OutboxEvent.Changed changed) {
                    heard.add(changed);
                }
            }
        });
        this.courier = new Courier(streams, server, journal.leases(), journal.nodes(), journal.ids(), carrier);
    }

    static Patience patience() {
        return patience(20_000, 20_000, 20_000, 20_000);
    }

    static Patience patience(long connect, long reply, long whole, long last) {
        return new Patience(
                Duration.ofMillis(connect),
                Duration.ofMillis(reply),
                Duration.ofMillis(whole),
                Duration.ofMillis(last));
    }

    static SmtpServer at(int port) {
        return at(port, Security.NONE, Optional.empty(), patience());
    }

    static SmtpServer at(int port, Patience patience) {
        return at(port, Security.NONE, Optional.empty(), patience);
    }

    static SmtpServer at(int port, Security security, Optional<SmtpServer.Login> login, Patience patience) {
        try {
            return new SmtpServer(
                    "127.0.0.1",
                    port,
                    security,
                    login,
                    new InternetAddress("Tandem Support <support@example.org>", true),
                    Optional.of("test.example.org"),
                    patience,
                    Optional.empty());
        } catch (AddressException e) {
            throw new IllegalStateException(e);
        }
    }

    void goesTo(SmtpServer now) {
        server.know(new MailServer.Known(Optional.of(now), Optional.empty()));
    }

    static Mail mail(String to) {
        return mail(to, "Votre séance d’assistance", "Bonjour Zoë, ouvrez : https://help.example.org/i/abc\n");
    }

    static Mail mail(String to, String subject, String text) {
        return new Mail(
                to,
                Locale.FRENCH,
                subject,
                text,
                "<!doctype html><html lang=\"fr\"><body><p>Bonjour Zoë</p></body></html>",
                "customer:zoe",
                Optional.of("invitation/7"));
    }

    MessageId send(Mail mail) {
        return streams.send(ACME, UUID.randomUUID(), mail)
                .orElseThrow(refusal -> new IllegalStateException(refusal.code()));
    }

    Message find(MessageId id) {
        return streams.find(ACME, id).orElseThrow();
    }

    /** Waits until it stands so; the message then. */
    Message await(MessageId id, Message.State... states) {
        await(() -> List.of(states).contains(find(id).state()), () -> List.of(states) + ", but " + find(id));
        return find(id);
    }

    static void await(BooleanSupplier condition, java.util.function.Supplier<String> what) {
        long until = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                fail("waited for " + what.get());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** The next attempt is due. */
    void later(Duration by) {
        clock.advance(by);
        journal.fireDue();
    }

    /** The courier stops, as when the bundle does. */
    void stopCourier() {
        courier.close();
    }

    @Override
    public void close() {
        courier.close();
        hearing.close();
        streams.close();
        journal.close();
    }

    /** As when the process was killed: nothing is said any more. */
    void kill() {
        journal.kill();
        courier.close();
    }
}
