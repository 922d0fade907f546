package dev.tandem.reference.platform.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Salted digests of passwords, slow to guess by: {@code pbkdf2:ROUNDS:SALT:DIGEST}. */
final class PasswordDigest {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final String NAME = "pbkdf2";

    /** About 40 ms. The passwords are made by us and hold 59 bits, so nobody guesses them by a stolen digest. */
    private static final int ROUNDS = 60_000;

    private static final int BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PasswordDigest() {}

    static String of(String password) {
        var salt = new byte[16];
        RANDOM.nextBytes(salt);
        var base64 = Base64.getEncoder().withoutPadding();
        return String.join(
                ":",
                NAME,
                Integer.toString(ROUNDS),
                base64.encodeToString(salt),
                base64.encodeToString(derived(password, salt, ROUNDS)));
    }

    static boolean matches(String password, String digest) {
        var parts = digest.split(":");
        if (parts.length != 4 || !parts[0].equals(NAME)) {
            return false;
        }
        var decoder = Base64.getDecoder();
        var derived = derived(password, decoder.decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(derived, decoder.decode(parts[3]));
    }

    private static byte[] derived(String password, byte[] salt, int rounds) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, BITS);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }
}
