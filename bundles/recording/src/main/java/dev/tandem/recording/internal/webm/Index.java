package dev.tandem.recording.internal.webm;

import java.util.Arrays;
import java.util.BitSet;

/** Where the pictures of a file stand, in order. Plain arrays, since a long recording has a million of them. */
final class Index {
    private long[] offsets = new long[1024];
    private int[] lengths = new int[1024];
    private int[] millis = new int[1024];
    private final BitSet keys = new BitSet();
    private int count;
    private long end;
    private Vp8.Size size = new Vp8.Size(1280, 720);
    private boolean sized;

    void add(long offset, int length, long at, boolean key) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            millis = Arrays.copyOf(millis, 2 * count);
        }
        offsets[count] = offset;
        lengths[count] = length;
        millis[count] = (int) Math.max(at, count == 0 ? 0 : millis[count - 1]);
        keys.set(count, key);
        count++;
        reached(at);
    }

    void reached(long at) {
        end = Math.max(end, at);
    }

    /** The largest picture names the size of the track. */
    void sized(Vp8.Size found) {
        if (!sized || found.area() > size.area()) {
            size = found;
            sized = true;
        }
    }

    int count() {
        return count;
    }

    long offset(int at) {
        return offsets[at];
    }

    int length(int at) {
        return lengths[at];
    }

    int millis(int at) {
        return millis[at];
    }

    boolean key(int at) {
        return keys.get(at);
    }

    /** Milliseconds. */
    long end() {
        return end;
    }

    Vp8.Size size() {
        return size;
    }
}
