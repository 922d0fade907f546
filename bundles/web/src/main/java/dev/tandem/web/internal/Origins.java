package dev.tandem.web.internal;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whose page a request comes from. */
public final class Origins {
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

    private Origins() {}

    /** A Host header that is nothing but a host and perhaps a port. */
    public static Optional<String> authority(String host) {
        return host != null && AUTHORITY.matcher(host).matches() ? Optional.of(host) : Optional.empty();
    }

    /**
     * Where a page that is asked for may open sockets: at the host of its address and at our public URL. Not every browser
     * takes its own host's sockets for 'self'.
     *
     * @param secure whether the page is asked for over TLS, where a socket without it is blocked anyhow
     */
    public static List<String> sockets(Optional<String> host, boolean secure, Optional<URI> publicUrl) {
        var sources = new LinkedHashSet<String>();
        host.flatMap(Origins::authority).ifPresent(authority -> {
            if (!secure) {
                sources.add("ws://" + authority);
            }
            sources.add("wss://" + authority);
        });
        publicUrl.ifPresent(
                url -> sources.add(("https".equals(url.getScheme()) ? "wss://" : "ws://") + url.getAuthority()));
        return List.copyOf(sources);
    }

    /**
     * Whose page sent this, as a browser says it; programs say nothing.
     *
     * @param origin the header Origin
     * @param fetchSite the header Sec-Fetch-Site
     * @param host the host the request was sent to
     * @param secure whether it is known that the request came over TLS; if not, a proxy in front of us may still speak it
     */
    public record Asked(Optional<String> origin, Optional<String> fetchSite, Optional<String> host, boolean secure) {}

    /** Whether a browser says that another site's page sent this. */
    public static boolean foreign(Asked asked, Optional<URI> publicUrl) {
        return asked.origin().map(origin -> !own(origin, asked, publicUrl)).orElseGet(() -> asked.fetchSite()
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent());
    }

    /** Ours are the host the request was sent to and our public URL. */
    private static boolean own(String origin, Asked asked, Optional<URI> publicUrl) {
        if (publicUrl.filter(url -> origin.equalsIgnoreCase(url.toString())).isPresent()) {
            return true;
        }
        int at = origin.indexOf("://");
        if (at < 0 || asked.host().isEmpty()) {
            return false;
        }
        var scheme = origin.substring(0, at);
        boolean web = scheme.equals("https") || scheme.equals("http") && !asked.secure();
        return web && origin.substring(at + 3).equalsIgnoreCase(asked.host().get());
    }
}
