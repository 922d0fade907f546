package dev.tandem.session.internal.invite;

import java.nio.charset.StandardCharsets;

/** Drafts for a mail program, as RFC 6068 has them. */
public final class Mailto {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private Mailto() {}

    /** A draft with one recipient, so that nothing in the address can become another or a field. */
    public static String draft(String address, Words words) {
        int at = address.lastIndexOf('@');
        return "mailto:" + encoded(address.substring(0, at)) + "@" + encoded(address.substring(at + 1))
                + "?subject=" + encoded(words.subject())
                + "&body=" + encoded(words.text().replace("\n", "\r\n"));
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (var one : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(one) >= 0) {
                encoded.append((char) one);
            } else {
                encoded.append('%').append(String.format("%02X", one));
            }
        }
        return encoded.toString();
    }
}
