package dev.tandem.platform;

import java.util.regex.Pattern;

/**
 * A site: one tenant of the platform. Sites share nothing; a site leads every table, topic and check.
 *
 * @param value 1 to 40 lower-case letters, digits and inner hyphens, since it stands in URLs
 */
public record SiteId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    public SiteId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a site is 1 to 40 lower-case letters, digits and inner hyphens");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
