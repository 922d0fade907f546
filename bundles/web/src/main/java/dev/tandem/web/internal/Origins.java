package dev.tandem.web.internal;

import java.net.URI;
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
     * Whether an Origin header names us: the host the request was sent to, or our public URL. The scheme is compared only
     * with the public URL, since a proxy in front of us may speak TLS.
     */
    public static boolean own(String origin, String host, Optional<URI> publicUrl) {
        if (publicUrl.filter(url -> origin.equalsIgnoreCase(url.toString())).isPresent()) {
            return true;
        }
        int at = origin.indexOf("://");
        if (at < 0 || host == null) {
            return false;
        }
        var scheme = origin.substring(0, at);
        boolean web = scheme.equals("http") || scheme.equals("https");
        return web && origin.substring(at + 3).equalsIgnoreCase(host);
    }

    /** Whether a browser says that another site's page sent this. Programs say nothing. */
    public static boolean foreign(String origin, String fetchSite, String host, Optional<URI> publicUrl) {
        if (origin != null) {
            return !own(origin, host, publicUrl);
        }
        return fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none");
    }
}
