package dev.tandem.journal;

import java.util.HexFormat;
import java.util.UUID;

/**
 * A text about a person on its way into the journal: the text stands in a row of its own that can be erased, the event
 * holds only the {@link Ref}. Make one with {@link Sealer#seal} before the decision, put its {@code ref} into the event
 * and the row into the decision.
 *
 * @param subject whom it is about, the key of an erasure: {@code customer:ID}
 * @param salt 16 random bytes that die with the row
 * @param text the text
 */
public record Personal(Ref ref, String subject, byte[] salt, String text) {

    /**
     * What an event holds of a personal text.
     *
     * @param id the row's id
     * @param digest SHA-256 over salt and UTF-8 text, as hex
     */
    public record Ref(UUID id, String digest) {}

    @Override
    public String toString() {
        return "Personal[" + ref.id() + ", " + HexFormat.of().formatHex(salt, 0, 2) + "…]";
    }
}
