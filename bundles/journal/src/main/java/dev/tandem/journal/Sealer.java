package dev.tandem.journal;

import org.osgi.annotation.versioning.ProviderType;

/** Makes personal rows: id, salt and digest. A service, since it needs randomness. */
@ProviderType
public interface Sealer {
    /**
     * Makes a row of a personal text.
     *
     * @param subject whom it is about, {@code agent:ID} or {@code customer:ID}: a person is erased by subject
     */
    Personal seal(String subject, String text);
}
