package dev.tandem.session.internal;

import java.net.URI;

import dev.tandem.platform.SiteId;

/** Where customers of a site come in. */
public final class ClientUrls {
    private ClientUrls() {}

    /** The same where nobody says which site is the default one. */
    static String of(URI publicUrl, SiteId site) {
        return publicUrl + "/j/" + site + "/";
    }

    /** What a client URL begins with; the PIN follows. Short enough to be read aloud (B7). */
    public static String before(URI publicUrl, SiteId site, SiteId defaultSite) {
        return publicUrl + "/j/" + (site.equals(defaultSite) ? "" : site + "/");
    }
}
