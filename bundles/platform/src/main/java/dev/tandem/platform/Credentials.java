package dev.tandem.platform;

import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

/** What a request brought along by which a platform recognises its agent. Values are as sent, so not to be trusted. */
@ProviderType
public interface Credentials {
    /** The first cookie of that name, as sent. */
    Optional<String> cookie(String name);

    /** The first header of that name, whatever its case. */
    Optional<String> header(String name);
}
