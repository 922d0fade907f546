package dev.tandem.journal.internal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Sealer;

/** Seals with 16 random bytes of salt, so that a digest cannot be guessed back once the row is gone. */
@Component
public final class SaltingSealer implements Sealer {
    private final Ids ids;
    private final SecureRandom random = new SecureRandom();

    @Activate
    public SaltingSealer(@Reference Ids ids) {
        this.ids = ids;
    }

    @Override
    public Personal seal(String subject, String text) {
        var salt = new byte[16];
        random.nextBytes(salt);
        var digest = digest(salt, text.getBytes(StandardCharsets.UTF_8));
        return new Personal(new Personal.Ref(ids.next(), digest), subject, salt, text);
    }

    static String digest(byte[] salt, byte[] text) {
        return HexFormat.of().formatHex(Hashes.sha256(salt, text));
    }
}
