package dev.tandem.session.internal;

import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;
import dev.tandem.web.Secrets;
import dev.tandem.web.ViewerTokens;

/**
 * Links for outside viewers, and the tokens that opening them gives: 128 bits and 256 bits that only our secret can make of
 * the viewer's id. So a link can be shown again, and opening it twice gives the same token, though only hashes are stored.
 * Both die with the link.
 */
@Component(service = {ViewerLinks.class, ViewerTokens.class})
public final class ViewerLinks implements ViewerTokens {
    private static final int LINK_BYTES = 16;

    private final Keyed links;
    private final Keyed tokens;
    private final SessionStreams streams;

    @Activate
    public ViewerLinks(@Reference Secrets secrets, @Reference SessionStreams streams) {
        this.links = new Keyed(secrets.key("session.viewer-link"));
        this.tokens = new Keyed(secrets.key("session.viewer-token"));
        this.streams = streams;
    }

    Fact.ViewerInvited invite(SiteId site, UUID viewer, dev.tandem.journal.Personal.Ref name, String before) {
        return new Fact.ViewerInvited(
                viewer, name, before, Keyed.sha256(link(site, viewer)), Keyed.sha256(token(site, viewer)));
    }

    URI url(SiteId site, Outsiders.Link link) {
        return URI.create(link.before() + link(site, link.viewer()));
    }

    private String link(SiteId site, UUID viewer) {
        return text(Arrays.copyOf(links.of(site + "/" + viewer), LINK_BYTES));
    }

    String token(SiteId site, UUID viewer) {
        return site + "." + text(tokens.of(site + "/" + viewer));
    }

    private static String text(byte[] secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Whom the link leads to. Its token has 128 bits, so it is found by a plain hash. */
    Optional<Tables.Viewer> find(String typed) {
        return streams.tables().viewerByLink(Keyed.sha256(typed));
    }

    @Override
    public Optional<Caller.OfViewer> recognise(String token) {
        return SeatTokens.siteOf(token)
                .flatMap(site -> streams.tables().viewerByToken(site, Keyed.sha256(token)))
                .map(found -> new Caller.OfViewer(found.site(), found.session(), found.viewer()));
    }
}
