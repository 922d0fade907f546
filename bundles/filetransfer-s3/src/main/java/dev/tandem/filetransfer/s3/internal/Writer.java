package dev.tandem.filetransfer.s3.internal;

import java.util.Comparator;

/**
 * Whoever writes to a growing file: of several the last one in this order writes, the others are shut out.
 *
 * @param epoch one more than that of whoever was there before
 * @param id 16 hexadecimal digits, so that two who come at once are not the same
 */
record Writer(long epoch, String id) implements Comparable<Writer> {
    private static final Comparator<Writer> ORDER =
            Comparator.comparingLong(Writer::epoch).thenComparing(Writer::id);

    /** Both in a fixed width: objects are listed in the order of their names. */
    static final String FORM = "([0-9]{10})-([0-9a-f]{16})";

    @Override
    public int compareTo(Writer other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return String.format("%010d-%s", epoch, id);
    }
}
