package dev.tandem.launcher;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** As much of ASN.1's DER as it takes to put an older form of a private key into the form that Java reads (PKCS#8). */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int FIRST_OF_CONTEXT = 0xA0;
    private static final byte[] ZERO = {INTEGER, 1, 0};
    /** rsaEncryption, 1.2.840.113549.1.1.1, without parameters. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    /** id-ecPublicKey, 1.2.840.10045.2.1. */
    private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    private Der() {}

    /** From {@code RSA PRIVATE KEY}. */
    static byte[] ofRsa(byte[] key) {
        return value(SEQUENCE, ZERO, value(SEQUENCE, RSA), value(OCTETS, key));
    }

    /** From {@code EC PRIVATE KEY}, which names its curve in a part of its own. */
    static byte[] ofEc(byte[] key) throws Refused {
        return value(SEQUENCE, ZERO, value(SEQUENCE, EC, curve(key)), value(OCTETS, key));
    }

    private static byte[] curve(byte[] key) throws Refused {
        try {
            int at = start(key, 0);
            while (at < key.length) {
                int start = start(key, at);
                int end = start + length(key, at);
                if ((key[at] & 0xFF) == FIRST_OF_CONTEXT) {
                    return Arrays.copyOfRange(key, start, end);
                }
                at = end;
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new Refused("The private key is damaged.", e);
        }
        throw new Refused(
                "The private key does not name its curve. Convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
    }

    /** Where the content of the value at that place starts. */
    private static int start(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = length << 8 | der[at + 2 + i] & 0xFF;
        }
        if (length < 0) {
            throw new ArrayIndexOutOfBoundsException(length);
        }
        return length;
    }

    private static byte[] value(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (length < 0x80) {
            whole.write(length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            whole.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                whole.write(length >> 8 * i);
            }
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
