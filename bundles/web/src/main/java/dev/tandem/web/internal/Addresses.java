package dev.tandem.web.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Addresses as limits count them. */
final class Addresses {
    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]+(?:%.*)?");
    private static final int NETWORK = 8;

    private Addresses() {}

    /** An IPv6 address counts as its /64, since whoever has one has all of them; any other is taken as it is. */
    static String group(String address) {
        if (!address.contains(":") || !LITERAL.matcher(address).matches()) {
            return address;
        }
        try {
            var parsed = InetAddress.getByName(address.replaceAll("%.*", "")); // a literal is not looked up
            if (parsed instanceof Inet6Address v6 && !v6.isLoopbackAddress()) {
                return HexFormat.of().formatHex(v6.getAddress(), 0, NETWORK) + "/64";
            }
            return parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
