package dev.tandem.reference.platform.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Secrets;

/**
 * The tokens by which simulated customers reach their chats: the chat's id with 128 bits of a keyed hash. None is
 * stored anywhere, and each can be shown again after a restart.
 */
@Component(service = VisitorLinks.class)
public final class VisitorLinks {
    private static final String HMAC = "HmacSHA256";
    private static final int ID_BYTES = 16;
    private static final int PROOF_BYTES = 16;

    private final SecretKeySpec key;

    @Activate
    public VisitorLinks(@Reference Secrets secrets) {
        this.key = new SecretKeySpec(secrets.key("platform.visitor"), HMAC);
    }

    /** Where a token leads. */
    public record Visit(SiteId site, InteractionId interaction) {}

    public String path(SiteId site, InteractionId interaction) {
        var id = UUID.fromString(interaction.value());
        var bytes = ByteBuffer.allocate(ID_BYTES + PROOF_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(proof(site, id))
                .array();
        return "/visitor/" + site + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public Optional<Visit> open(String token) {
        int dot = token.indexOf('.');
        if (dot < 1) {
            return Optional.empty();
        }
        try {
            var site = new SiteId(token.substring(0, dot));
            var bytes = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            if (bytes.length != ID_BYTES + PROOF_BYTES) {
                return Optional.empty();
            }
            var buffer = ByteBuffer.wrap(bytes);
            var id = new UUID(buffer.getLong(), buffer.getLong());
            var given = Arrays.copyOfRange(bytes, ID_BYTES, bytes.length);
            return MessageDigest.isEqual(given, proof(site, id))
                    ? Optional.of(new Visit(site, new InteractionId(id.toString())))
                    : Optional.empty();
        } catch (IllegalArgumentException noToken) {
            return Optional.empty();
        }
    }

    private byte[] proof(SiteId site, UUID id) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal((site + "/" + id).getBytes(StandardCharsets.UTF_8)), PROOF_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
