package dev.tandem.web.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as they are written, and as limits count them. No name is ever looked up here. */
public final class Addresses {
    private static final String PART = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile("(?:" + PART + "\\.){3}" + PART);
    /** Java reads an address with a colon as a literal or not at all; the zone (%eth0) means something here only. */
    private static final Pattern V6 = Pattern.compile("([0-9A-Fa-f:.]{2,45})(?:%[0-9A-Za-z._-]{1,32})?");

    private static final int NETWORK = 8;

    private Addresses() {}

    /**
     * An address of four decimal parts or of IPv6, which may stand in brackets and have a zone. An IPv6 address that maps
     * an old one is the old one.
     */
    static Optional<InetAddress> literal(String text) {
        boolean brackets = text.startsWith("[") && text.endsWith("]");
        var bare = brackets ? text.substring(1, text.length() - 1) : text;
        try {
            if (!brackets && V4.matcher(bare).matches()) {
                return Optional.of(InetAddress.getByName(bare));
            }
            var v6 = V6.matcher(bare);
            if (bare.indexOf(':') >= 0 && v6.matches()) {
                return Optional.of(InetAddress.getByName(v6.group(1)));
            }
        } catch (UnknownHostException e) {
            return Optional.empty(); // colons in an order that is no address
        }
        return Optional.empty();
    }

    /** An address in its one spelling, without brackets and zone; anything else as it is. */
    public static String plain(String text) {
        return literal(text).map(InetAddress::getHostAddress).orElse(text);
    }

    /** An IPv6 address counts as its /64, since whoever has one has all of them; any other is taken as it is. */
    static String group(String address) {
        return literal(address).map(Addresses::group).orElse(address);
    }

    private static String group(InetAddress address) {
        if (address instanceof Inet6Address && !address.isLoopbackAddress()) {
            return HexFormat.of().formatHex(address.getAddress(), 0, NETWORK) + "/64";
        }
        return address.getHostAddress();
    }
}
