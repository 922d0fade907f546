package dev.tandem.journal;

import java.time.Instant;
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

    /**
     * Who last set or put back each setting of the site, by key; settings that nobody has touched are not in it. Reads the
     * site's whole history of settings, so it is for people who look, not for every request.
     */
    Map<String, Change> changes(SiteId site);

    /**
     * A setting was set or put back.
     *
     * @param at wall time, for people
     * @param actor as the journal has it: {@code agent:anna.bell}
     */
    record Change(Instant at, String actor) {}

    /**
     * Published as a service by a slice: the settings it has. What they are called stands in the catalogues of the bundle
     * that publishes it, {@code static/messages/LANGUAGE.json}, for each setting KEY: {@code setting.KEY.title},
     * {@code setting.KEY.help} (what it does), {@code setting.KEY.effect} (for whom and from when on) and, of a choice,
     * {@code setting.KEY.choice.WORD}. Without them {@link Setting#help} is shown.
     */
    @ConsumerType
    interface Group {
        /** Each setting with its seed, as text. */
        Map<Setting<?>, String> seeds();

        /** The settings, in the order to show them. */
        List<Setting<?>> settings();
    }
}
