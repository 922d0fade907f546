package dev.tandem.journal.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over length-prefixed parts, as the package description of the journal specifies. */
final class Hashes {
    /** What stands before the first event of a stream and the first batch of a site. */
    static final byte[] NONE = new byte[32];

    private final MessageDigest digest = digest();
    private final ByteBuffer number = ByteBuffer.allocate(8);

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] sha256(byte[]... parts) {
        var digest = digest();
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** The hash of an event, given the one before it in its stream. */
    byte[] event(byte[] previous, String site, EventRow row) {
        bytes(previous);
        text(site);
        number(row.position());
        text(row.kind());
        text(row.stream());
        number(row.version());
        text(row.id());
        text(row.name());
        number(row.at());
        text(row.actor());
        text(row.command());
        text(row.payload());
        return digest.digest();
    }

    /** The hash of a batch, given the one before it in the site and the hashes of its events one after another. */
    byte[] batch(byte[] previous, String site, long first, long last, byte[] events) {
        bytes(previous);
        text(site);
        number(first);
        number(last);
        bytes(events);
        return digest.digest();
    }

    private void bytes(byte[] value) {
        number(value.length);
        digest.update(value);
    }

    private void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private void number(long value) {
        number.clear();
        digest.update(number.putLong(value).array());
    }
}
