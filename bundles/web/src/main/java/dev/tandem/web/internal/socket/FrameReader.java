package dev.tandem.web.internal.socket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.tandem.web.internal.CloseCode;

/**
 * Takes apart what a client sends, as it comes in pieces. A message is put together in an array of its own, unmasked in place,
 * and given away. Memory grows with what has really come, not with what a frame's head promises. Not thread-safe.
 */
public final class FrameReader {
    /** Who hears what the client says. */
    public interface Hearer {
        void text(String text);

        /** @param bytes the hearer's own from now on */
        void binary(ByteBuffer bytes);

        void ping(byte[] bytes);

        void pong();

        /** The client says good-bye. */
        void closing(int code);

        /** What came is against the rules or too large. Nothing more is read. */
        void fault(int code, String reason);

        /** Most bytes of a text. Asked when one begins. */
        int largestText();

        /** Most bytes of a binary message. Asked when one begins. */
        int largestBinary();
    }

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int LARGEST_CONTROL = 125;
    private static final int PROTOCOL = 1002;
    private static final int NOT_UTF8 = 1007;
    private static final int NO_CODE = 1005;
    /** An array is made this large at most before its bytes have come. */
    private static final int ON_TRUST = 256 * 1024;

    private static final int GROWTH = 4;
    private static final byte[] NOTHING = {};
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Hearer hearer;
    private boolean over;
    private int message; // opcode of the message under way, 0 if none is
    private int largest;
    private byte[] body = NOTHING;
    private int filled;
    private boolean inFrame;
    private boolean last;
    private int mask;
    private long left; // of the frame under way

    public FrameReader(Hearer hearer) {
        this.hearer = hearer;
    }

    /** Takes what is in the buffer. What stays in it, less than a head or a control frame, is wanted again with what follows. */
    public void read(ByteBuffer in) {
        while (!over && (inFrame ? body(in) : head(in))) {
            // go on
        }
        if (over) {
            in.position(in.limit());
        }
    }

    /** @return false if more is needed */
    private boolean head(ByteBuffer in) {
        int at = in.position();
        int there = in.remaining();
        if (there < 2) {
            return false;
        }
        int first = in.get(at) & 0xFF;
        int second = in.get(at + 1) & 0xFF;
        int opcode = first & OPCODE;
        int shortLength = second & LENGTH;
        if ((first & RESERVED) != 0 || (second & MASKED) == 0) {
            return fault(PROTOCOL, "not a frame");
        }
        int head = 6 + (shortLength < SHORT_LENGTH ? 0 : shortLength == SHORT_LENGTH ? 2 : 8);
        if (there < head) {
            return false;
        }
        long length =
                switch (shortLength) {
                    case SHORT_LENGTH -> Short.toUnsignedInt(in.getShort(at + 2));
                    case LONG_LENGTH -> in.getLong(at + 2);
                    default -> shortLength;
                };
        mask = in.getInt(at + head - 4);
        if (opcode >= CLOSE) {
            return control(in, first, opcode, head, length);
        }
        boolean begins = opcode != CONTINUATION;
        if (begins == (message != 0) || opcode > BINARY || length < 0) {
            return fault(PROTOCOL, "not in turn");
        }
        if (begins) {
            message = opcode;
            largest = opcode == TEXT ? hearer.largestText() : hearer.largestBinary();
        }
        if (length > largest - filled) {
            return fault(CloseCode.TOO_BIG, "too big");
        }
        in.position(at + head);
        last = (first & FIN) != 0;
        left = length;
        inFrame = true;
        return true;
    }

    private boolean control(ByteBuffer in, int first, int opcode, int head, long length) {
        if ((first & FIN) == 0 || length < 0 || length > LARGEST_CONTROL || opcode > PONG) {
            return fault(PROTOCOL, "not a control frame");
        }
        if (in.remaining() < head + length) {
            return false;
        }
        var bytes = new byte[(int) length];
        in.position(in.position() + head);
        in.get(bytes);
        unmask(bytes, 0, bytes.length, mask);
        switch (opcode) {
            case PING -> hearer.ping(bytes);
            case PONG -> hearer.pong();
            default -> {
                over = true;
                hearer.closing(bytes.length < 2 ? NO_CODE : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF);
            }
        }
        return !over;
    }

    private boolean body(ByteBuffer in) {
        int count = (int) Math.min(left, in.remaining());
        if (count > 0) {
            makeRoom(count);
            in.get(body, filled, count);
            unmask(body, filled, count, mask);
            mask = Integer.rotateLeft(mask, 8 * (count & 3));
            filled += count;
            left -= count;
        }
        if (left > 0) {
            return false;
        }
        inFrame = false;
        if (last) {
            deliver();
        }
        return true;
    }

    private void makeRoom(int count) {
        if (body.length - filled >= count) {
            return;
        }
        long whole = filled + left;
        long trusted = Math.max(ON_TRUST, (long) GROWTH * body.length);
        body = Arrays.copyOf(body, (int) Math.max(filled + count, Math.min(whole, trusted)));
    }

    private void deliver() {
        var bytes = ByteBuffer.wrap(body, 0, filled);
        int opcode = message;
        message = 0;
        body = NOTHING;
        filled = 0;
        if (opcode == BINARY) {
            hearer.binary(bytes.slice());
            return;
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            fault(NOT_UTF8, "not UTF-8");
            return;
        }
        hearer.text(text);
    }

    private boolean fault(int code, String reason) {
        over = true;
        body = NOTHING;
        hearer.fault(code, reason);
        return false;
    }

    /** Many bytes at a time and in the machine's own order: a large part of what a message costs. */
    static void unmask(byte[] bytes, int from, int count, int mask) {
        long wide = (long) mask << 32 | mask & 0xFFFF_FFFFL;
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            wide = Long.reverseBytes(wide);
        }
        int at = from;
        int end = from + count;
        for (; at <= end - 4 * Long.BYTES; at += 4 * Long.BYTES) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ wide);
            LONGS.set(bytes, at + 8, (long) LONGS.get(bytes, at + 8) ^ wide);
            LONGS.set(bytes, at + 16, (long) LONGS.get(bytes, at + 16) ^ wide);
            LONGS.set(bytes, at + 24, (long) LONGS.get(bytes, at + 24) ^ wide);
        }
        for (int i = 0; at < end; at++, i++) {
            bytes[at] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
        }
    }
}
