package dev.tandem.filetransfer.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.List;
import java.util.Optional;

import org.junit.Test;

import dev.tandem.filetransfer.rest.Ranges.Range;

public class RangesTest {
    @Test
    public void oneRangeIsServed() {
        assertEquals(Optional.of(new Range(0, 100)), Ranges.of("bytes=0-", 100));
        assertEquals(Optional.of(new Range(10, 20)), Ranges.of(" bytes=10-19 ", 100));
        assertEquals("to the end at most", Optional.of(new Range(10, 100)), Ranges.of("bytes=10-1000", 100));
        assertEquals("the last ones", Optional.of(new Range(95, 100)), Ranges.of("bytes=-5", 100));
        assertEquals(Optional.of(new Range(0, 100)), Ranges.of("bytes=-500", 100));
        assertEquals(1, Ranges.of("bytes=99-99", 100).orElseThrow().length());
    }

    @Test
    public void beyondTheEndThereIsNothing() {
        for (var header : List.of("bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-")) {
            assertFalse(header, Ranges.of(header, 100).orElseThrow().within(100));
        }
        assertFalse(Ranges.of("bytes=0-", 0).orElseThrow().within(0));
    }

    @Test
    public void ofSeveralAndOfNonsenseTheWholeIsSent() {
        for (var header : List.of(
                "",
                "bytes=",
                "bytes=-",
                "bytes=5-1",
                "bytes=0-1,5-6",
                "lines=1-2",
                "bytes=x-y",
                "bytes=-1-5",
                "bytes 0-1")) {
            assertEquals(header, Optional.empty(), Ranges.of(header, 100));
        }
        assertEquals(Optional.empty(), Ranges.of(null, 100));
    }
}
