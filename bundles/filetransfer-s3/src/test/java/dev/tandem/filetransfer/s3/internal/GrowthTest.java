package dev.tandem.filetransfer.s3.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.junit.Test;

import dev.tandem.filetransfer.s3.internal.Growth.Part;
import dev.tandem.filetransfer.s3.internal.Growth.Tail;

public class GrowthTest {
    private static final Growth SOME = new Growth(
            "upload/with=odd+signs.é",
            4,
            true,
            List.of(new Part(1, 5_242_880, "\"abc\""), new Part(3, 5_242_881, "\"def-2\"")),
            List.of(new Tail("p/acme/0/0000000001-0123456789abcdef.00000001.7", 123, 456)));

    @Test
    public void isReadAsItWasWritten() throws IOException {
        for (var growth : List.of(SOME, Growth.NONE)) {
            var head = growth.head(1000);
            assertEquals(head.length, Growth.length(head));
            var expected = growth.with(new Tail("me", head.length, 1000));
            assertEquals(expected, Growth.read("me", head));
            assertEquals(growth.offset() + 1000, expected.offset());
            assertEquals(growth, Growth.read("me", growth.head(0)));
        }
    }

    @Test
    public void whatIsNotOursIsRefused() {
        var head = SOME.head(5);
        assertThrows(IOException.class, () -> Growth.length("hello".getBytes()));
        assertThrows(IOException.class, () -> Growth.length(new byte[0]));
        var odd = new String(head).replace("next 4", "next x").getBytes();
        assertThrows(IOException.class, () -> Growth.read("me", odd));
        var cut = Arrays.copyOf(head, head.length - 60);
        assertThrows(IOException.class, () -> Growth.read("me", cut));
    }

    /** The number that another one may still be sending is left out, once. */
    @Test
    public void overtakingLeavesOutWhatMayStillCome() {
        assertEquals(5, SOME.overtaken().next());
        assertEquals(5, SOME.overtaken().overtaken().next());
        assertEquals(6, SOME.overtaken().sending("u").overtaken().next());
    }
}
