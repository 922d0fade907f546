package dev.tandem.web.internal;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who really asks, and for what: the client's address, and the scheme and host in its address bar. Where the connection
 * comes from a trusted proxy, that proxy's {@code X-Forwarded-*} headers say it; from anybody else they are ignored, since
 * anybody can write them.
 *
 * <p>The header {@code Forwarded} of RFC 7239 is not read: a proxy that sets only {@code X-Forwarded-*} passes a client's own
 * {@code Forwarded} on, and believing both would let that client choose its address.
 *
 * @param address without brackets and zone
 * @param scheme {@code http} or {@code https}
 * @param host with the port if it is not the scheme's own; empty if nobody named one
 */
public record Client(String address, String scheme, Optional<String> host) {
    /** More hops than any honest way has; no more of a list is read. */
    static final int MOST_HOPS = 20;

    private static final int LONGEST_HOP = 64;

    /**
     * What a request says before anything of it is believed.
     *
     * @param remote the other end of the connection
     * @param addresses the lines of X-Forwarded-For in their order; likewise the others
     */
    public record Sent(
            String remote,
            String scheme,
            Optional<String> host,
            List<String> addresses,
            List<String> schemes,
            List<String> hosts) {}

    /** @return empty if the request does not come from a trusted proxy */
    public static Optional<Client> behind(TrustedProxies proxies, Sent sent) {
        if (proxies.isEmpty()) {
            return Optional.empty();
        }
        return Addresses.literal(sent.remote()).filter(proxies::trusts).map(proxy -> read(proxies, proxy, sent));
    }

    /**
     * Goes the way back, from the proxy that is connected to us to the first hop that is not trusted: that is the client. A
     * hop that is no address (unknown, hidden by its proxy) ends the way; then the last proxy that is known stands for it.
     */
    private static Client read(TrustedProxies proxies, InetAddress proxy, Sent sent) {
        var known = proxy;
        int trusted = 1;
        for (var hop : fromTheEnd(sent.addresses())) {
            var address = address(hop);
            if (address.isEmpty()) {
                break;
            }
            known = address.get();
            if (!proxies.trusts(known)) {
                break;
            }
            trusted++;
        }
        var scheme = written(sent.schemes(), trusted).flatMap(Client::scheme).orElse(sent.scheme());
        var host = written(sent.hosts(), trusted)
                .flatMap(Origins::authority)
                .map(named -> named.replaceFirst(scheme.equals("https") ? ":443$" : ":80$", ""));
        return new Client(known.getHostAddress(), scheme, host.or(sent::host));
    }

    /** The value that the trusted proxy farthest from us has written, whether each adds one or all keep the first. */
    private static Optional<String> written(List<String> lines, int trusted) {
        var values = fromTheEnd(lines);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(Math.min(trusted, values.size()) - 1));
    }

    /** The last so many values of a header that may come in several lines, the last one first. */
    private static List<String> fromTheEnd(List<String> lines) {
        var values = new java.util.ArrayList<String>();
        for (int line = lines.size() - 1; line >= 0; line--) {
            var text = lines.get(line);
            int end = text.length();
            while (end >= 0 && values.size() < MOST_HOPS) {
                int comma = text.lastIndexOf(',', end - 1);
                values.add(text.substring(comma + 1, end).strip());
                end = comma;
            }
        }
        return values;
    }

    /** An address, perhaps with a port: 10.0.0.7:5060, [2001:db8::7]:443. */
    private static Optional<InetAddress> address(String hop) {
        if (hop.length() > LONGEST_HOP) {
            return Optional.empty();
        }
        int colon = hop.lastIndexOf(':');
        boolean port = colon > 0 && (hop.indexOf(':') == colon || hop.charAt(colon - 1) == ']');
        return Addresses.literal(port && isPort(hop.substring(colon + 1)) ? hop.substring(0, colon) : hop);
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Some proxies name the socket's scheme. */
    private static Optional<String> scheme(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> Optional.of("https");
            case "http", "ws" -> Optional.of("http");
            default -> Optional.empty();
        };
    }
}
