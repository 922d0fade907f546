package dev.tandem.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A certificate and its private key as PEM files, as certificate authorities and ACME clients hand them out. */
final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([^-]*?)-----END \\1-----");
    private static final long LARGEST = 1024 * 1024;
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    private Pem() {}

    /** @param chain the certificate of the key first, then those that lead to a root */
    record Pair(PrivateKey key, List<X509Certificate> chain) {}

    static Pair read(Path certificates, Path key) throws Refused {
        var chain = certificates(certificates);
        var secret = key(key);
        var own = chain.stream()
                .filter(certificate -> belong(secret, certificate.getPublicKey()))
                .findFirst()
                .orElseThrow(() -> new Refused("The key in " + key + " does not belong to a certificate in "
                        + certificates + ". Give the two files that were made together."));
        var ordered = new ArrayList<X509Certificate>(List.of(own));
        chain.stream().filter(certificate -> !certificate.equals(own)).forEach(ordered::add);
        return new Pair(secret, List.copyOf(ordered));
    }

    private static List<X509Certificate> certificates(Path file) throws Refused {
        var found = new ArrayList<X509Certificate>();
        var blocks = BLOCK.matcher(text(file));
        while (blocks.find()) {
            if (blocks.group(1).equals("CERTIFICATE")) {
                found.add(certificate(file, blocks.group(2)));
            }
        }
        if (found.isEmpty()) {
            throw new Refused(file + " holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).");
        }
        return found;
    }

    private static X509Certificate certificate(Path file, String base64) throws Refused {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(decoded(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refused("A certificate in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file) throws Refused {
        var blocks = BLOCK.matcher(text(file));
        while (blocks.find()) {
            var type = blocks.group(1);
            if (!type.endsWith("PRIVATE KEY")) {
                continue; // curve parameters, or certificates in the same file
            }
            if (type.startsWith("ENCRYPTED") || blocks.group(2).contains("ENCRYPTED")) {
                throw new Refused("The key in " + file
                        + " is locked with a password. Unlock it: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
            }
            try {
                return key(type, decoded(blocks.group(2)));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new Refused("The private key in " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
        throw new Refused(file + " holds no private key in PEM form (-----BEGIN PRIVATE KEY-----).");
    }

    private static PrivateKey key(String type, byte[] bytes) throws GeneralSecurityException, Refused {
        return switch (type) {
            case "RSA PRIVATE KEY" -> made("RSA", Der.ofRsa(bytes));
            case "EC PRIVATE KEY" -> made("EC", Der.ofEc(bytes));
            case "PRIVATE KEY" -> either(bytes);
            default -> throw new Refused("A key of the kind " + type + " cannot be used; RSA and EC can.");
        };
    }

    private static PrivateKey either(byte[] bytes) throws GeneralSecurityException {
        try {
            return made("RSA", bytes);
        } catch (GeneralSecurityException noRsa) {
            return made("EC", bytes);
        }
    }

    private static PrivateKey made(String algorithm, byte[] bytes) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    /** Whether what the one signs is what the other verifies. */
    private static boolean belong(PrivateKey secret, PublicKey open) {
        if (!secret.getAlgorithm().equals(open.getAlgorithm())) {
            return false;
        }
        try {
            var signature = Signature.getInstance(SIGNATURES.get(secret.getAlgorithm()));
            var text = "one pair".getBytes(StandardCharsets.US_ASCII);
            signature.initSign(secret);
            signature.update(text);
            var signed = signature.sign();
            signature.initVerify(open);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // keys of two sizes or curves
        }
    }

    private static byte[] decoded(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    private static String text(Path file) throws Refused {
        try {
            if (Files.size(file) > LARGEST) {
                throw new Refused(file + " is too large to be a certificate or a key.");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Refused(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
