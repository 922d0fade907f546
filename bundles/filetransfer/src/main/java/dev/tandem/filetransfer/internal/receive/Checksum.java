package dev.tandem.filetransfer.internal.receive;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What the bytes of a request have to sum up to.
 *
 * @param sum as many bytes as the algorithm gives; it belongs to this
 */
public record Checksum(Algorithm algorithm, byte[] sum) {
    /** How it is summed up. */
    public enum Algorithm {
        SHA1(20),
        SHA256(32),
        CRC32(4);

        private final int length;

        Algorithm(int length) {
            this.length = length;
        }

        /** Bytes of a sum. */
        int length() {
            return length;
        }

        static Optional<Algorithm> of(String name) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(name))
                    .findFirst();
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** As the protocol lists them. */
        public static String all() {
            return Arrays.stream(values()).map(Algorithm::word).collect(Collectors.joining(","));
        }
    }

    /** Sums up what comes. */
    interface Sum {
        void add(byte[] bytes, int from, int length);

        boolean fits();
    }

    Sum begin() {
        if (algorithm == Algorithm.CRC32) {
            return new OfCrc(new CRC32());
        }
        try {
            return new OfDigest(MessageDigest.getInstance(algorithm == Algorithm.SHA1 ? "SHA-1" : "SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private final class OfCrc implements Sum {
        private final CRC32 crc;

        OfCrc(CRC32 crc) {
            this.crc = crc;
        }

        @Override
        public void add(byte[] bytes, int from, int length) {
            crc.update(bytes, from, length);
        }

        @Override
        public boolean fits() {
            return ByteBuffer.wrap(sum).getInt() == (int) crc.getValue();
        }
    }

    private final class OfDigest implements Sum {
        private final MessageDigest digest;

        OfDigest(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void add(byte[] bytes, int from, int length) {
            digest.update(bytes, from, length);
        }

        @Override
        public boolean fits() {
            return MessageDigest.isEqual(sum, digest.digest());
        }
    }
}
