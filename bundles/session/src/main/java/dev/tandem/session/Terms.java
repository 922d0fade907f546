package dev.tandem.session;

import java.net.URI;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * What holds in one session beside what holds in all, as said by whoever routes it. Session keeps to {@code off} by itself, so
 * no slice needs to: nobody is asked for such a capability, and no activity of that name starts. Pages leave out what is off.
 *
 * @param zone in which times of this session are shown to everybody; empty: each page shows them in its own
 * @param off names of capabilities and activities that are switched off, such as {@code system-information}
 * @param page a page that customers are offered to open when an agent has come; it is never opened without their click
 */
public record Terms(Optional<ZoneId> zone, Set<String> off, Optional<URI> page) {
    /** Those of a session about which nobody has said anything. */
    public static final Terms NONE = new Terms(Optional.empty(), Set.of(), Optional.empty());

    /** @throws IllegalArgumentException if the page is none of the web */
    public Terms {
        off = Set.copyOf(off);
        if (page.filter(uri -> !isWeb(uri)).isPresent()) {
            throw new IllegalArgumentException("a page begins with https:// or http://");
        }
    }

    /** Whether that capability or activity is switched off. */
    public boolean off(String name) {
        return off.contains(name);
    }

    private static boolean isWeb(URI uri) {
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return web && uri.getHost() != null;
    }
}
