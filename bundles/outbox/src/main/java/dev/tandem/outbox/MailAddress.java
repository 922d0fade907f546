package dev.tandem.outbox;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.tandem.journal.Refusal;

/**
 * Judges what somebody has typed as an address, before anything is done with it. Whether there is such a mailbox only its
 * server knows.
 */
public final class MailAddress {
    /** The longest address that SMTP can carry (RFC 5321). */
    public static final int LONGEST = 254;

    private static final int LONGEST_LOCAL = 64;
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern SEPARATED = Pattern.compile("[,;\\s]");

    private static final Refusal ONE =
            new Refusal(Refusal.Reason.INVALID, "one-address", "One address at a time, please.");
    private static final Refusal BAD =
            new Refusal(Refusal.Reason.INVALID, "bad-address", "This is not a mail address.");

    private MailAddress() {}

    /**
     * What is wrong with it, or empty: {@code one-address} if there are several, {@code bad-address} if it is none. White
     * space around it is no fault.
     */
    public static Optional<Refusal> fault(String typed) {
        var address = typed.strip();
        if (address.chars().filter(c -> c == '@').count() > 1
                && SEPARATED.matcher(address).find()) {
            return Optional.of(ONE);
        }
        return ascii(address).isPresent() ? Optional.empty() : Optional.of(BAD);
    }

    /**
     * The address as SMTP carries it, a domain of other letters in its ASCII form (IDNA); empty if it is none.
     */
    public static Optional<String> ascii(String typed) {
        var address = typed.strip();
        int at = address.lastIndexOf('@');
        if (at < 1
                || at > LONGEST_LOCAL
                || address.length() > LONGEST
                || !LOCAL.matcher(address.substring(0, at)).matches()) {
            return Optional.empty();
        }
        return domain(address.substring(at + 1))
                .map(domain -> address.substring(0, at) + "@" + domain)
                .filter(whole -> whole.length() <= LONGEST);
    }

    private static Optional<String> domain(String typed) {
        String domain;
        try {
            domain = IDN.toASCII(typed, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var labels = domain.split("\\.", -1);
        if (labels.length < 2 || labels[labels.length - 1].chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(domain);
    }
}
