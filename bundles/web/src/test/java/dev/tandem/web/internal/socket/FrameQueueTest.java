package dev.tandem.web.internal.socket;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.Test;

public class FrameQueueTest {
    private static final long MOST = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final FrameQueue queue = new FrameQueue(MOST, nanos::get);
    private final AtomicInteger gone = new AtomicInteger();

    private boolean binary(int size) {
        return queue.binary(ByteBuffer.allocate(size).asReadOnlyBuffer(), gone::incrementAndGet);
    }

    /** All that waits, through a buffer of that size. */
    private byte[] drain(int size) {
        var all = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(size);
        while (queue.fill(buffer.clear())) {
            all.write(buffer.array(), 0, buffer.position());
            queue.sent();
        }
        return all.toByteArray();
    }

    /** Opcode and length of each frame. */
    private static List<String> frames(byte[] bytes) {
        var found = new ArrayList<String>();
        var in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            int opcode = in.get() & 0x0F;
            int length = in.get();
            length = length == 126 ? Short.toUnsignedInt(in.getShort()) : length == 127 ? (int) in.getLong() : length;
            in.position(in.position() + length);
            found.add(opcode + ":" + length);
        }
        return found;
    }

    @Test
    public void manyMessagesLeaveTogetherAndAreWholeThroughBuffersOfAnySize() {
        for (int size : new int[] {11, 64, 1000, 200_000}) {
            gone.set(0);
            queue.text("\u00e9");
            for (int length : new int[] {0, 125, 126, 65_535, 65_536}) {
                assertTrue(binary(length));
            }
            assertEquals(
                    "buffer of " + size,
                    List.of("1:2", "2:0", "2:125", "2:126", "2:65535", "2:65536"),
                    frames(drain(size)));
            assertEquals(5, gone.get());
            assertEquals(0, queue.waiting());
        }
    }

    @Test
    public void bytesGoThroughUnchangedAndTheOffererKeepsItsPosition() {
        var bytes =
                ByteBuffer.wrap("xxhello".getBytes(StandardCharsets.US_ASCII)).position(2);
        queue.binary(bytes, () -> {});
        assertArrayEquals("\u0082\u0005hello".getBytes(StandardCharsets.ISO_8859_1), drain(100));
        assertEquals(5, bytes.remaining());
    }

    @Test
    public void aFullQueueTakesNoMoreUntilSomethingHasLeft() {
        int taken = 0;
        while (binary(100_000)) {
            taken++;
        }
        assertEquals(MOST / 100_000, taken);
        assertFalse(queue.text("late"));
        var buffer = ByteBuffer.allocate(150_000);
        queue.fill(buffer);
        assertFalse("it is still in the buffer", binary(100_000));
        queue.sent();
        assertTrue(binary(100_000));
        assertEquals(1, gone.get());
    }

    @Test
    public void textsHaveABoundOfTheirOwnWhichHoldsUpNoFrame() {
        var text = "x".repeat(1024);
        int taken = 0;
        while (queue.text(text)) {
            taken++;
        }
        assertEquals(FrameQueue.MOST_TEXT / 1024, taken);
        assertTrue(binary(100_000));
        drain(10_000);
        assertTrue(queue.text(text));
    }

    @Test
    public void aMessageLargerThanTheBoundGoesWhenNothingWaits() {
        assertTrue(binary(2_000_000));
        assertFalse(binary(1));
    }

    @Test
    public void pingsAndPongsGoAheadButNotIntoAFrame() {
        binary(300);
        binary(10);
        var buffer = ByteBuffer.allocate(100);
        var all = new ByteArrayOutputStream();
        queue.fill(buffer);
        all.write(buffer.array(), 0, buffer.position());
        queue.sent();
        queue.ping();
        queue.pong(new byte[] {1});
        queue.pong(new byte[] {2, 2});
        all.writeBytes(drain(100));
        assertEquals("of pongs only the latest", List.of("2:300", "9:0", "10:2", "2:10"), frames(all.toByteArray()));
    }

    @Test
    public void goodByeFollowsTheFrameUnderWayAndLetsGoOfTheRest() {
        binary(300);
        binary(10);
        var buffer = ByteBuffer.allocate(100);
        var all = new ByteArrayOutputStream();
        queue.fill(buffer);
        all.write(buffer.array(), 0, buffer.position());
        queue.close(4403, "no");
        queue.close(4408, "not twice");
        assertEquals(1, gone.get());
        assertEquals(0, queue.waiting());
        assertFalse(binary(1));
        queue.sent();
        all.writeBytes(drain(100));
        assertEquals(List.of("2:300", "8:4"), frames(all.toByteArray()));
        assertEquals(2, gone.get());
    }

    @Test
    public void anAbortLetsGoOfAllOnce() {
        binary(10);
        binary(300);
        binary(10);
        queue.fill(ByteBuffer.allocate(100));
        queue.abort();
        assertEquals(3, gone.get());
        queue.sent();
        queue.abort();
        assertEquals(3, gone.get());
        assertEquals(0, drain(100).length);
    }

    @Test
    public void itTellsHowLongTheClientHasTakenNothing() {
        binary(10);
        assertEquals("nothing tried yet", 0, queue.stuckFor());
        queue.fill(ByteBuffer.allocate(100));
        nanos.set(7);
        assertEquals(7, queue.stuckFor());
        queue.sent();
        assertEquals(0, queue.stuckFor());
    }
}
