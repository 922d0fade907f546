package dev.tandem.screen;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.booleans;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.junit.Test;

public class FrameHeaderTest {
    private static ByteBuffer frame(FrameHeader header, int chunk) {
        var buffer = ByteBuffer.allocate(FrameHeader.LENGTH + chunk);
        header.write(buffer);
        return buffer.rewind();
    }

    /** The same bytes as in src/test/js/wire.test.js: both sides must agree. */
    @Test
    public void theBytesOnTheWireAreTheOnesThatAreSpecified() {
        var header = new FrameHeader(true, 1920, 1080, 1_795_255_200_123_456L, 4_294_967_295L);
        var bytes = new byte[FrameHeader.LENGTH];
        header.write(ByteBuffer.wrap(bytes));
        assertArrayEquals(HexFormat.of().parseHex("0101078004380000000660c66c7c0a40ffffffff"), bytes);
    }

    @Test
    public void whatIsWrittenIsRead() {
        qt().forAll(
                        booleans().all(),
                        integers().between(1, 0xFFFF),
                        longs().between(0, Long.MAX_VALUE),
                        longs().between(0, 0xFFFF_FFFFL))
                .checkAssert((key, side, captured, sequence) -> {
                    var header = new FrameHeader(key, side, 0x10000 - side, captured, sequence);
                    assertEquals(header, FrameHeader.read(frame(header, 1)));
                });
    }

    @Test
    public void readingLeavesTheBufferAsItIsAndStartsAtItsPosition() {
        var header = new FrameHeader(false, 3, 4, 5, 6);
        var buffer = ByteBuffer.allocate(FrameHeader.LENGTH + 9).position(4);
        header.write(buffer);
        buffer.position(4);
        assertEquals(header, FrameHeader.read(buffer));
        assertEquals(4, buffer.position());
    }

    @Test
    public void anythingElseIsRefused() {
        var good = new FrameHeader(true, 640, 480, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> FrameHeader.read(frame(good, 0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> FrameHeader.read(frame(good, FrameHeader.LARGEST_FRAME - FrameHeader.LENGTH + 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> FrameHeader.read(frame(good, 9).put(0, (byte) 2)));
        assertThrows(
                IllegalArgumentException.class,
                () -> FrameHeader.read(frame(good, 9).put(1, (byte) 3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> FrameHeader.read(frame(good, 9).putShort(2, (short) 0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> FrameHeader.read(frame(good, 9).putShort(4, (short) 0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> FrameHeader.read(frame(good, 9).putShort(6, (short) 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> FrameHeader.read(frame(good, 9).putLong(8, -1)));
        assertEquals(good, FrameHeader.read(frame(good, FrameHeader.LARGEST_FRAME - FrameHeader.LENGTH)));
    }

    @Test
    public void noBytesWhateverBreakTheReader() {
        var random = new Random(20261121);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 7 && random.nextBoolean()) {
                bytes[0] = 1;
                bytes[1] &= 1;
                bytes[6] = 0;
                bytes[7] = 0;
            }
            try {
                var header = FrameHeader.read(ByteBuffer.wrap(bytes));
                var again = new byte[FrameHeader.LENGTH];
                header.write(ByteBuffer.wrap(again));
                assertArrayEquals(Arrays.copyOf(bytes, FrameHeader.LENGTH), again);
            } catch (IllegalArgumentException refused) {
                // That is the other allowed answer.
            }
        }
    }
}
