package dev.tandem.filetransfer.s3.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What is sent: a head out of the memory, and bytes of a spool behind it. It can be read as often as it has to be sent. */
record Body(byte[] head, Spool spool, long from, long to) {
    private static final int BUFFER = 64 * 1024;

    static Body empty() {
        return new Body(new byte[0], new Spool(null), 0, 0);
    }

    long length() {
        return head.length + to - from;
    }

    InputStream open() {
        return to == from
                ? new ByteArrayInputStream(head)
                : new SequenceInputStream(new ByteArrayInputStream(head), spool.open(from, to));
    }

    /** Its MD5, by which every service notices bytes that were changed on the way. */
    String md5() throws IOException {
        try (var in = open()) {
            var digest = MessageDigest.getInstance("MD5");
            var buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("This Java has no MD5", e);
        }
    }
}
