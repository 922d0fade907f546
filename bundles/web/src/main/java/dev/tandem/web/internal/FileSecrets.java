package dev.tandem.web.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.web.Secrets;

/**
 * Derives keys from {@code etc/tandem.secret}: 32 random bytes as hex. The file appears complete or not at all, so two
 * nodes that start at once agree on one.
 */
@Component
public final class FileSecrets implements Secrets {
    private static final Logger LOG = LoggerFactory.getLogger(FileSecrets.class);
    private static final int LENGTH = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final byte[] master;

    @Activate
    public FileSecrets(BundleContext context) {
        this(folder(context).resolve("tandem.secret"));
    }

    FileSecrets(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            tighten(file);
            master = read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the master secret " + file + " can be neither read nor made", e);
        }
    }

    private static Path folder(BundleContext context) {
        var etc = context.getProperty("karaf.etc");
        return Path.of(etc == null ? "etc" : etc);
    }

    private static void make(Path file) throws IOException {
        var bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        var fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "tandem.secret.",
                ".new",
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.write(
                        ByteBuffer.wrap((HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.createLink(file, fresh); // fails if another node was faster
            LOG.info("Made the master secret {}. Keep a copy: PINs and links stop working without it.", file);
        } catch (FileAlreadyExistsException e) {
            LOG.info("Another node made the master secret {} at the same time; it holds.", file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void tighten(Path file) throws IOException {
        var now = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(now)) {
            LOG.error(
                    "The master secret {} could be read by others ({}). It is closed to them now; if anybody may have"
                            + " read it, delete it and restart: running sessions then need new PINs.",
                    file,
                    PosixFilePermissions.toString(now));
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try {
            var bytes = HexFormat.of().parseHex(Files.readString(file).strip());
            if (bytes.length == LENGTH) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("{}", file, e);
        }
        throw new IOException(file + " does not hold " + LENGTH + " bytes as hex digits");
    }

    /** RFC 5869 with an empty salt; one block of SHA-256 is as long as the key we give out. */
    @Override
    public byte[] key(String purpose) {
        var extracted = hmac(new byte[LENGTH], master);
        var info = purpose.getBytes(StandardCharsets.UTF_8);
        return hmac(
                extracted,
                ByteBuffer.allocate(info.length + 1).put(info).put((byte) 1).array());
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
