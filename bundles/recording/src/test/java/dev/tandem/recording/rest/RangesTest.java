package dev.tandem.recording.rest;

import static org.junit.Assert.assertEquals;

import java.util.Optional;

import org.junit.Test;

import dev.tandem.recording.rest.Ranges.Range;

public class RangesTest {
    @Test
    public void oneRangeIsUnderstood() {
        assertEquals(Optional.of(new Range(0, 99)), Ranges.of("bytes=0-", 100));
        assertEquals(Optional.of(new Range(10, 19)), Ranges.of("bytes=10-19", 100));
        assertEquals("to the end at most", Optional.of(new Range(10, 99)), Ranges.of("bytes=10-1000", 100));
        assertEquals("the last ones", Optional.of(new Range(95, 99)), Ranges.of("bytes=-5", 100));
        assertEquals(Optional.of(new Range(0, 99)), Ranges.of("bytes=-500", 100));
    }

    @Test
    public void beyondTheEndIsNothingToSend() {
        assertEquals(100, Ranges.of("bytes=100-", 100).get().first());
        assertEquals(100, Ranges.of("bytes=-0", 100).get().first());
    }

    @Test
    public void ofNonsenseAndSeveralTheWholeIsSent() {
        for (var header :
                new String[] {null, "", "bytes=", "bytes=-", "bytes=5-1", "bytes=0-1,5-6", "lines=1-2", "bytes=x-y"}) {
            assertEquals(header, Optional.empty(), Ranges.of(header, 100));
        }
    }
}
