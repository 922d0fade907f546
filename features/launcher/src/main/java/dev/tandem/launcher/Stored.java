package dev.tandem.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The certificate as the web server reads it: {@code tandem.p12} in a folder of its own, with its password beside it. Both
 * are for their owner's eyes only.
 */
record Stored(Path folder) {
    static final String ALIAS = "tandem";
    private static final int PASSWORD_BYTES = 24;

    Path file() {
        return folder.resolve("tandem.p12");
    }

    /** The password of the file and of the key in it, made when first asked for. */
    String password() throws IOException {
        var file = folder.resolve("tandem.password");
        if (!Files.exists(file)) {
            var bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            write(file, HexFormat.of().formatHex(bytes).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        return Files.readString(file).strip();
    }

    /** The certificate, if there is one that this password opens. */
    Optional<X509Certificate> certificate() throws IOException {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file())) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password().toCharArray());
            return Optional.ofNullable((X509Certificate) store.getCertificate(ALIAS));
        } catch (IOException | GeneralSecurityException damaged) {
            return Optional.empty();
        }
    }

    void put(Pem.Pair pair) throws IOException, GeneralSecurityException {
        var password = password().toCharArray();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry(ALIAS, pair.key(), password, pair.chain().toArray(X509Certificate[]::new));
        var bytes = new java.io.ByteArrayOutputStream();
        store.store(bytes, password);
        write(file(), bytes.toByteArray());
    }

    /** A reader sees the old file or the new one, and nobody else ever either. */
    private void write(Path file, byte[] bytes) throws IOException {
        prepare();
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new", owner);
        Files.write(fresh, bytes);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    void prepare() throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
