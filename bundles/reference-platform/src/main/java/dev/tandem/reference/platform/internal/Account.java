package dev.tandem.reference.platform.internal;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/**
 * A user of the realm as an agent of a site: {@code anna.bell} is agent {@code anna.bell} of the default site,
 * {@code anna.bell@acme} the one of site {@code acme}.
 */
record Account(String user, SiteId site, AgentId agent) {
    private static final Pattern NOT_OF_A_USER = Pattern.compile("[^a-z0-9]+");
    private static final int LONGEST_USER = 100;

    /** Empty if no agent can have that user name. */
    static Optional<Account> of(String user, SiteId defaultSite) {
        if (user.isBlank() || user.length() > LONGEST_USER || user.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        int at = user.lastIndexOf('@');
        try {
            return Optional.of(
                    at < 0
                            ? new Account(user, defaultSite, new AgentId(user))
                            : new Account(
                                    user, new SiteId(user.substring(at + 1)), new AgentId(user.substring(0, at))));
        } catch (IllegalArgumentException noSiteOrAgent) {
            return Optional.empty();
        }
    }

    /** The account for a person's name: {@code José Núñez} becomes {@code jose.nunez}. Empty if nothing is left of it. */
    static Optional<Account> named(String name, SiteId site, SiteId defaultSite) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        var agent = NOT_OF_A_USER
                .matcher(plain.toLowerCase(Locale.ROOT))
                .replaceAll(".")
                .replaceAll("^\\.|\\.$", "");
        return agent.isEmpty()
                ? Optional.empty()
                : of(site.equals(defaultSite) ? agent : agent + "@" + site, defaultSite);
    }

    /** A name to show for a user of whom only the user name is known: {@code Anna Bell}. */
    String likelyName() {
        return Arrays.stream(agent.value().split("[._-]+"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" "), name -> name.isBlank() ? agent.value() : name));
    }
}
