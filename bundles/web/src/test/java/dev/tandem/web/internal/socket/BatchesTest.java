package dev.tandem.web.internal.socket;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.ArrayList;
import java.util.List;

import org.junit.Test;

public class BatchesTest {
    private final Batches batches = new Batches();
    private final List<String> log = new ArrayList<>();
    private final Runnable flush = () -> log.add("flush");

    @Test
    public void insideABatchItRunsOnceAtTheEnd() {
        batches.run(() -> {
            batches.atTheEnd(flush);
            batches.atTheEnd(flush);
            log.add("work");
        });
        assertEquals(List.of("work", "flush"), log);
    }

    @Test
    public void outsideItRunsAtOnce() {
        batches.atTheEnd(flush);
        assertEquals(List.of("flush"), log);
    }

    @Test
    public void whatWasPutOffRunsAlthoughTheWorkFails() {
        assertThrows(
                IllegalStateException.class,
                () -> batches.run(() -> {
                    batches.atTheEnd(flush);
                    throw new IllegalStateException();
                }));
        batches.atTheEnd(flush);
        assertEquals(List.of("flush", "flush"), log);
    }
}
