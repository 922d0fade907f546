package dev.tandem.filetransfer.internal.desk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.filetransfer.FileTransfer;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.session.testing.Cast;

public class ProgressTest {
    private static final FileTransfer SENT = new FileTransfer(
            Cast.SITE,
            new TransferId(new UUID(0, 7)),
            Cast.SESSION,
            Kind.FILE,
            Optional.of("a"),
            Cast.ANNA_ID,
            Optional.of(Cast.MARIE_ID),
            1,
            State.ARRIVING,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            Optional.empty(),
            List.of(),
            List.of(),
            true,
            1);

    private record Task(Instant at, Runnable what) {}

    private final TestClock clock = new TestClock();
    private final List<Task> waiting = new ArrayList<>();
    private int rings;
    private final Progress progress = new Progress(
            (site, topic) -> rings++,
            clock,
            (delay, what) -> waiting.add(new Task(clock.instant().plus(delay), what)));

    /** Time goes by, and what waits is run when it is due. */
    private void pass(Duration time) {
        var end = clock.instant().plus(time);
        for (var next = due(end); next.isPresent(); next = due(end)) {
            waiting.remove(next.get());
            clock.advance(Duration.between(clock.instant(), next.get().at()));
            next.get().what().run();
        }
        clock.advance(Duration.between(clock.instant(), end));
    }

    private Optional<Task> due(Instant end) {
        return waiting.stream().filter(task -> !task.at().isAfter(end)).min(Comparator.comparing(Task::at));
    }

    @Test
    public void pagesAreToldFourTimesASecondHoweverManyBlocksCome() {
        for (int i = 1; i <= 1000; i++) {
            progress.received(SENT, "f", i);
            pass(Duration.ofMillis(10));
        }
        assertTrue("in ten seconds: " + rings, rings >= 38 && rings <= 44);
        assertEquals(1000, progress.of("f").orElseThrow().offset());
    }

    @Test
    public void pagesWithManyTransfersAreToldLessOften() {
        progress.received(SENT, "f", 1);
        progress.counted(Cast.SITE, Cast.SESSION, 500);
        var before = rings;
        for (int i = 1; i <= 1000; i++) {
            progress.received(SENT, "f", i);
            pass(Duration.ofMillis(10));
        }
        assertTrue("in ten seconds: " + (rings - before), rings - before >= 3 && rings - before <= 6);
    }

    @Test
    public void whatIsSettledStaysAndIsTold() {
        progress.received(SENT, "f", 7);
        pass(Duration.ofSeconds(30));
        var before = rings;
        progress.settled(SENT, "f", 5);
        assertEquals(5, progress.of("f").orElseThrow().offset());
        assertFalse("nothing has come just now", progress.receiving("f"));
        assertEquals(before + 1, rings);
        progress.settled(SENT, "g", 5);
        assertEquals("of which nothing has come here", Optional.empty(), progress.of("g"));
    }

    @Test
    public void aPauseIsSeenOnce() {
        progress.received(SENT, "f", 1);
        pass(Duration.ofSeconds(9));
        assertTrue(progress.receiving("f"));
        var before = rings;
        pass(Duration.ofSeconds(2));
        assertFalse(progress.receiving("f"));
        assertEquals(before + 1, rings);
        pass(Duration.ofMinutes(5));
        assertEquals("and then it is quiet", before + 1, rings);
        assertEquals("nothing waits for nothing", List.of(), waiting);
    }

    @Test
    public void numbersAscendWhateverAnotherNodeHasTold() {
        long first = progress.number(Cast.SITE, Cast.SESSION, 0);
        assertEquals(first, progress.number(Cast.SITE, Cast.SESSION, first));
        progress.changed(Cast.SITE, Cast.SESSION);
        long second = progress.number(Cast.SITE, Cast.SESSION, first);
        assertTrue(second > first);
        assertTrue(progress.number(Cast.SITE, Cast.SESSION, second + 50) > second + 50);
        long wild = Long.MAX_VALUE - 1;
        assertTrue("no page makes it jump", progress.number(Cast.SITE, Cast.SESSION, wild) < second + 1000);
    }
}
