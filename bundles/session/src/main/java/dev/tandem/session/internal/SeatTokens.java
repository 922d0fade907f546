package dev.tandem.session.internal;

import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;
import dev.tandem.web.CustomerTokens;
import dev.tandem.web.Secrets;

/**
 * Customers' tokens: the site, a dot, and 256 bits that only our secret can make of the id of the join. So the repeat of a
 * join whose answer was lost gets the same token, though only its hash is stored. A token dies with its participant.
 */
@Component(service = {SeatTokens.class, CustomerTokens.class})
public final class SeatTokens implements CustomerTokens {
    private final Keyed making;
    private final SessionStreams streams;

    @Activate
    public SeatTokens(@Reference Secrets secrets, @Reference SessionStreams streams) {
        this.making = new Keyed(secrets.key("session.token"));
        this.streams = streams;
    }

    String make(SiteId site, UUID join) {
        var secret = making.of(site + "/" + join);
        return site + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    static String hash(String token) {
        return Keyed.sha256(token);
    }

    @Override
    public Optional<Caller.OfCustomer> recognise(String token) {
        return siteOf(token).flatMap(site -> streams.tables()
                .holder(site, hash(token))
                .map(holder -> new Caller.OfCustomer(site, holder.session(), holder.participant())));
    }

    static Optional<SiteId> siteOf(String token) {
        int dot = token.indexOf('.');
        try {
            return dot < 0 ? Optional.empty() : Optional.of(new SiteId(token.substring(0, dot)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
