package dev.tandem.session.internal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;
import dev.tandem.web.Secrets;

/**
 * Keys with which customers give a form after the session, when their tokens are dead: the site, a dot, and session,
 * participant and 128 bits that only our secret can make of them. So nothing of a key has to be stored.
 */
@Component(service = FormKeys.class)
public final class FormKeys {
    private static final int IDS = 32;
    private static final int SIGNATURE = 16;

    private final Keyed signing;

    /** Whose a key is. */
    record Place(SiteId site, UUID session, UUID participant) {}

    @Activate
    public FormKeys(@Reference Secrets secrets) {
        this.signing = new Keyed(secrets.key("session.form"));
    }

    String make(Place place) {
        var bytes = ByteBuffer.allocate(IDS + SIGNATURE);
        put(bytes, place.session());
        put(bytes, place.participant());
        bytes.put(signature(place));
        return place.site() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Empty for whatever we have not made. */
    Optional<Place> recognise(String key) {
        try {
            int dot = key.indexOf('.');
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(key.substring(dot + 1)));
            if (dot < 0 || bytes.remaining() != IDS + SIGNATURE) {
                return Optional.empty();
            }
            var place = new Place(new SiteId(key.substring(0, dot)), uuid(bytes), uuid(bytes));
            var signature = new byte[SIGNATURE];
            bytes.get(signature);
            return MessageDigest.isEqual(signature, signature(place)) ? Optional.of(place) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] signature(Place place) {
        return Arrays.copyOf(signing.of(place.site() + "/" + place.session() + "/" + place.participant()), SIGNATURE);
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
