package dev.tandem.session.internal;

import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;
import dev.tandem.session.internal.Invitations.Invitation;
import dev.tandem.web.Secrets;

/**
 * Tokens of invitations: 128 bits that only our secret can make of the invitation's id, so that a link can be shown again
 * though only its hash is stored.
 */
@Component(service = InvitationTokens.class)
public final class InvitationTokens {
    private static final int BYTES = 16;

    private final Keyed making;

    @Activate
    public InvitationTokens(@Reference Secrets secrets) {
        this.making = new Keyed(secrets.key("session.invitation"));
    }

    String make(SiteId site, UUID invitation) {
        var secret = Arrays.copyOf(making.of(site + "/" + invitation), BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    URI url(SiteId site, Invitation invitation) {
        return URI.create(invitation.before() + make(site, invitation.id()));
    }

    /** By what it is found: it has 128 bits, so a plain hash tells nothing. */
    static String hash(String typed) {
        return Keyed.sha256(typed.strip());
    }
}
