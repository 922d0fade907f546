package dev.tandem.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;

/**
 * The settings that sites have made, kept as events. Where a site has said nothing the slice's own seed from
 * {@code etc/} holds. Reads come from memory. A service.
 */
@ProviderType
public interface SiteSettings {
    /** What the site has set, or empty where the seed holds. */
    <T> Optional<T> get(SiteId site, Setting<T> setting);

    /**
     * Sets or, with an empty value, puts back. Takes effect at once.
     *
     * @param value as text: seconds and numbers in digits, {@code true}, a choice's word
     * @return refused with INVALID if there is no such setting or it does not take that value
     */
    Answer<None> set(SiteId site, String key, Optional<String> value, UUID command, String actor);

    /** Everything that can be set now, with what the site has set. */
    Map<Setting<?>, Optional<String>> all(SiteId site);

    /** Published as a service by a slice: the settings it has. */
    @ConsumerType
    interface Group {
        /** Each setting with its seed, as text. */
        Map<Setting<?>, String> seeds();

        /** The settings, in the order to show them. */
        List<Setting<?>> settings();
    }
}
