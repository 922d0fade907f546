package dev.tandem.web.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.web.Caller;

public class TicketsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private JournalRuntime journal;
    private Tickets tickets;

    @Before
    public void open() {
        journal = Fakes.journal(folder.getRoot().toPath(), clock);
        tickets = new Tickets(new WebTables(journal.database()), clock);
    }

    @After
    public void close() {
        journal.close();
    }

    @Test
    public void aTicketCarriesItsCallerAndIsUsedOnce() {
        var live = tickets.live(Fakes.ANNA);
        var media = tickets.media(Fakes.MARIE, Fakes.SESSION, "screen");
        assertEquals(Optional.of(new Ticket.Live(Fakes.ANNA)), tickets.take(live));
        assertEquals(Optional.of(new Ticket.Media(Fakes.MARIE, Fakes.SESSION, "screen")), tickets.take(media));
        assertEquals(Optional.empty(), tickets.take(live));
        assertEquals(Optional.empty(), tickets.take(media));
        assertEquals(Optional.of(new Ticket.Live(Fakes.EXPERT)), tickets.take(tickets.live(Fakes.EXPERT)));
    }

    @Test
    public void aTicketLivesThirtySeconds() {
        var early = tickets.live(Fakes.ANNA);
        var late = tickets.live(Fakes.ANNA);
        clock.advance(Duration.ofSeconds(30).minusMillis(1));
        assertTrue(tickets.take(early).isPresent());
        clock.advance(Duration.ofMillis(1));
        assertFalse(tickets.take(late).isPresent());
    }

    @Test
    public void aTicketForADownloadIsGoodForItsPathForTenMinutesAndOpensNoSocket() {
        var ticket = tickets.download(Fakes.MARIE, "/api/files/1");
        assertEquals(Optional.empty(), tickets.take(ticket));
        assertEquals(Optional.of(Fakes.MARIE), tickets.reader(ticket, "/api/files/1"));
        assertEquals(Optional.empty(), tickets.reader(ticket, "/api/files/2"));
        assertEquals(Optional.empty(), tickets.reader(ticket + "x", "/api/files/1"));
        assertEquals("a socket's is for no download", Optional.empty(), tickets.reader(tickets.live(Fakes.ANNA), ""));
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertEquals(Optional.of(Fakes.MARIE), tickets.reader(ticket, "/api/files/1"));
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.empty(), tickets.reader(ticket, "/api/files/1"));
    }

    @Test
    public void whoSignsOutLeavesNoTicketBehind() {
        var path = "/api/files/1";
        var file = tickets.download(Fakes.ANNA, path);
        var customers = tickets.download(Fakes.MARIE, path);
        tickets.forget(Fakes.OTHER, Fakes.ANNA.agent().id());
        assertEquals("of another site", Optional.of(Fakes.ANNA), tickets.reader(file, path));
        tickets.forget(Fakes.ACME, Fakes.ANNA.agent().id());
        assertEquals(Optional.empty(), tickets.reader(file, path));
        assertEquals(Optional.of(Fakes.MARIE), tickets.reader(customers, path));
    }

    @Test
    public void nonsenseIsNoTicket() {
        var ticket = tickets.live(Fakes.ANNA);
        for (var wrong :
                List.of("", ".", "acme.", "acme", ticket + "x", "other" + ticket.substring(4), "x".repeat(9999))) {
            assertEquals(wrong, Optional.empty(), tickets.take(wrong));
        }
        assertTrue("the right one still holds", tickets.take(ticket).isPresent());
    }

    @Test
    public void theSecretDoesNotStandInTheDatabase() {
        var ticket = tickets.live(Fakes.ANNA);
        var secret = ticket.substring(ticket.indexOf('.') + 1);
        var hash = journal.database()
                .read(sql -> sql.first("SELECT hash FROM web_tickets", row -> row.getString("hash")))
                .orElseThrow();
        assertNotEquals(secret, hash);
        assertEquals("256 bits", 43, secret.length());
        assertEquals(64, hash.length());
    }

    @Test
    public void whatNobodyFetchedIsSwept() {
        tickets.live(Fakes.ANNA);
        clock.advance(Duration.ofSeconds(31));
        tickets.live(Fakes.ANNA);
        tickets.sweep();
        assertEquals(
                1L,
                journal.database()
                        .read(sql -> sql.first("SELECT count(*) AS n FROM web_tickets", row -> row.getLong("n")))
                        .orElseThrow()
                        .longValue());
    }

    @Test
    public void nobodyInParticularGetsNone() {
        assertThrows(IllegalArgumentException.class, () -> tickets.live(new Caller.Anonymous(Fakes.ACME)));
    }
}
