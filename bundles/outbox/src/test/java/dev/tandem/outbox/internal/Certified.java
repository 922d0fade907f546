package dev.tandem.outbox.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate with its key, made by the JDK's own tool.
 *
 * @param store PKCS 12
 */
record Certified(Path store) {
    static final String PASSWORD = "changeit";

    private static final class OfGreenMail {
        // GreenMail reads it once for each JVM.
        static final Certified CERTIFIED = make("ip:127.0.0.1");

        static {
            System.setProperty("greenmail.tls.keystore.file", CERTIFIED.store().toString());
            System.setProperty("greenmail.tls.keystore.password", PASSWORD);
        }
    }

    /** With this one GreenMail serves TLS. To be called before it does for the first time. */
    static Certified greenMail() {
        return OfGreenMail.CERTIFIED;
    }

    /** @param name as {@code ip:127.0.0.1} or {@code dns:mail.example.org} */
    static Certified make(String name) {
        try {
            var folder = Files.createTempDirectory("tandem-certified");
            folder.toFile().deleteOnExit();
            var store = folder.resolve("store.p12");
            var keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            var process = new ProcessBuilder(List.of(
                            keytool,
                            "-genkeypair",
                            "-alias",
                            "x",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=Test",
                            "-ext",
                            "san=" + name,
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD))
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new AssertionError("keytool: " + said);
            }
            store.toFile().deleteOnExit();
            return new Certified(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate alone, in a file. */
    Path pem(Path file) throws IOException, GeneralSecurityException {
        var certificate = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray())
                .getCertificate("x")
                .getEncoded();
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    /** For a server. */
    SSLContext context() throws IOException, GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
