package dev.tandem.web.internal.socket;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.Test;

public class FrameReaderTest {
    private static final int FIN = 0x80;
    private static final int MASK = 0xA1B2C3D4;

    private final List<String> heard = new ArrayList<>();
    private final FrameReader reader = new FrameReader(new Hearer());
    private final ByteBuffer in = ByteBuffer.allocateDirect(4096);

    private final class Hearer implements FrameReader.Hearer {
        @Override
        public void text(String text) {
            heard.add("text " + text);
        }

        @Override
        public void binary(ByteBuffer bytes) {
            var all = new byte[bytes.remaining()];
            bytes.get(all);
            heard.add("binary " + all.length + " " + Arrays.hashCode(all));
        }

        @Override
        public void ping(byte[] bytes) {
            heard.add("ping " + new String(bytes, StandardCharsets.US_ASCII));
        }

        @Override
        public void pong() {
            heard.add("pong");
        }

        @Override
        public void closing(int code) {
            heard.add("closing " + code);
        }

        @Override
        public void fault(int code, String reason) {
            heard.add("fault " + code);
        }

        @Override
        public int largestText() {
            return 1000;
        }

        @Override
        public int largestBinary() {
            return 2_000_000;
        }
    }

    private static byte[] frame(int head, byte[] payload) {
        var length = payload.length;
        var frame = ByteBuffer.allocate(length + 14).put((byte) head);
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(length);
        }
        frame.putInt(MASK);
        for (int i = 0; i < length; i++) {
            frame.put((byte) (payload[i] ^ MASK >>> (24 - 8 * (i & 3))));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] text(int head, String text) {
        return frame(head, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** In pieces of that many bytes, the rest kept as a connection does. */
    private void feed(byte[] bytes, int piece) {
        for (int at = 0; at < bytes.length; at += piece) {
            in.put(bytes, at, Math.min(piece, bytes.length - at)).flip();
            reader.read(in);
            in.compact();
        }
    }

    private static String expected(byte[] bytes) {
        return "binary " + bytes.length + " " + Arrays.hashCode(bytes);
    }

    @Test
    public void messagesOfAllSizesInPiecesOfAllSizes() {
        var random = new Random(7);
        var all = new ByteArrayOutputStream();
        var wanted = new ArrayList<String>();
        for (int size : new int[] {0, 1, 3, 7, 8, 9, 125, 126, 127, 1000, 65_535, 65_536, 300_001, 1_500_000}) {
            var bytes = new byte[size];
            random.nextBytes(bytes);
            all.writeBytes(frame(FIN | FrameReader.BINARY, bytes));
            all.writeBytes(text(FIN | FrameReader.TEXT, "n\u00e4chste " + size));
            wanted.add(expected(bytes));
            wanted.add("text n\u00e4chste " + size);
        }
        for (int piece : new int[] {1, 2, 13, 997, 3500}) {
            heard.clear();
            feed(all.toByteArray(), piece);
            assertEquals("pieces of " + piece, wanted, heard);
        }
    }

    @Test
    public void fragmentsBecomeOneMessageAndControlFramesMayStandBetween() {
        feed(
                join(
                        frame(FrameReader.BINARY, new byte[] {1, 2, 3}),
                        text(FIN | FrameReader.PING, "there?"),
                        frame(FrameReader.CONTINUATION, new byte[] {4}),
                        text(FIN | FrameReader.PONG, ""),
                        frame(FIN | FrameReader.CONTINUATION, new byte[] {5, 6}),
                        text(FIN | FrameReader.TEXT, "next")),
                5);
        assertEquals(List.of("ping there?", "pong", expected(new byte[] {1, 2, 3, 4, 5, 6}), "text next"), heard);
    }

    @Test
    public void aLetterMayBeSplitAmongFragmentsAndWhatIsNoTextIsRefused() {
        var letter = "\u00e9".getBytes(StandardCharsets.UTF_8);
        feed(
                join(
                        frame(FrameReader.TEXT, new byte[] {letter[0]}),
                        frame(FIN | FrameReader.CONTINUATION, new byte[] {letter[1]}),
                        frame(FIN | FrameReader.TEXT, new byte[] {letter[0]})),
                100);
        assertEquals(List.of("text \u00e9", "fault 1007"), heard);
    }

    @Test
    public void whatIsTooLargeIsRefusedByItsHead() {
        var head =
                ByteBuffer.allocate(14).put((byte) (FIN | FrameReader.BINARY)).put((byte) (0x80 | 127));
        feed(head.putLong(10_000_000).putInt(MASK).array(), 14);
        assertEquals(List.of("fault 4413"), heard);
        feed(text(FIN | FrameReader.TEXT, "nothing more is read"), 100);
        assertEquals(1, heard.size());
        assertEquals("and nothing is kept", 0, in.position());
    }

    @Test
    public void fragmentsTogetherAreNoLargerThanOneFrameMayBe() {
        var part = new byte[600];
        feed(join(frame(FrameReader.TEXT, part), frame(FrameReader.CONTINUATION, part)), 300);
        assertEquals(List.of("fault 4413"), heard);
    }

    @Test
    public void breachesOfTheProtocolAreFaults() {
        var unmasked = new byte[] {(byte) (FIN | FrameReader.TEXT), 1, 'x'};
        for (var bad : List.of(
                unmasked,
                text(FIN | 0x40 | FrameReader.TEXT, "reserved bit"),
                text(FIN | 0x3, "no such opcode"),
                text(FIN | 0xB, "no such opcode"),
                text(FIN | FrameReader.CONTINUATION, "of nothing"),
                join(text(FrameReader.TEXT, "a"), text(FIN | FrameReader.TEXT, "not finished")),
                text(FrameReader.PING, "in fragments"),
                text(FIN | FrameReader.PING, "x".repeat(126)),
                ByteBuffer.allocate(14)
                        .put((byte) (FIN | FrameReader.BINARY))
                        .put((byte) 0xFF)
                        .putLong(-1)
                        .array())) {
            heard.clear();
            var fresh = new FrameReader(new Hearer());
            var buffer = ByteBuffer.wrap(bad);
            fresh.read(buffer);
            assertEquals(List.of("fault 1002"), heard);
            assertFalse(buffer.hasRemaining());
        }
    }

    @Test
    public void goodByeEndsTheReading() {
        feed(
                join(
                        frame(FIN | FrameReader.CLOSE, new byte[] {0x03, (byte) 0xE8, 'o', 'k'}),
                        text(FIN | FrameReader.TEXT, "after that")),
                4);
        assertEquals(List.of("closing 1000"), heard);
    }

    /** A head that promises 2 MB costs nothing until they come. */
    @Test
    public void anythingAtRandomNeverBreaksIt() {
        var random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            var bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] &= (byte) 0x8F;
                bytes[1] |= (byte) 0x80;
            }
            new FrameReader(new Hearer()).read(ByteBuffer.wrap(bytes));
        }
    }
}
