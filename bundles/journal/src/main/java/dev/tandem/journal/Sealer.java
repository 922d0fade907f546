package dev.tandem.journal;

import org.osgi.annotation.versioning.ProviderType;

/** Makes personal rows: id, salt and digest. A service, since it needs randomness. */
@ProviderType
public interface Sealer {
    Personal seal(String subject, String text);
}
