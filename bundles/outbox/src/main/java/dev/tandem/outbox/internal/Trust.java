package dev.tandem.outbox.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates that a mail server's is believed by, in place of those that Java knows: of a company's own authority, or
 * the server's own. The name in the server's must fit all the same.
 */
record Trust(List<Certificate> certificates) {
    Trust {
        certificates = List.copyOf(certificates);
    }

    /**
     * @param file PEM, one certificate or more
     * @throws IllegalArgumentException if it holds none or cannot be read
     */
    static Trust read(String file) {
        try (var in = Files.newInputStream(Path.of(file))) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (!found.isEmpty()) {
                return new Trust(List.copyOf(found));
            }
        } catch (IOException | InvalidPathException | CertificateException e) {
            throw new IllegalArgumentException("trust is a PEM file of certificates, which " + file + " is not", e);
        }
        throw new IllegalArgumentException("trust is a PEM file of certificates; there is none in " + file);
    }

    /** Lays TLS over sockets. */
    SSLSocketFactory factory() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("trusted-" + i, certificates.get(i));
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS and PKCS 12", e);
        }
    }
}
