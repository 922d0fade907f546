package dev.tandem.call.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

import dev.tandem.session.ParticipantId;

/**
 * The STUN and TURN servers of this node. A TURN server that shares a secret with us (coturn: {@code use-auth-secret}) is given
 * a user name that says until when it holds, and a password that follows from both, so that a page holds nothing that lasts.
 * A change holds for pages that come from then on.
 */
@Component(service = IceServers.class, configurationPid = "dev.tandem.call")
@Designate(ocd = IceServers.Config.class)
public final class IceServers {
    @ObjectClassDefinition(
            name = "Tandem call",
            description = "How pages find a way to each other for voice and video.")
    public @interface Config {
        @AttributeDefinition(
                name = "STUN servers",
                description = "stun: URIs, with commas between them; empty for none")
        String stun() default "";

        @AttributeDefinition(name = "TURN servers", description = "turn: and turns: URIs, with commas between them")
        String turn() default "";

        @AttributeDefinition(
                name = "TURN secret",
                description = "The secret that the TURN server shares with us",
                type = AttributeType.PASSWORD)
        String turnSecret() default "";

        @AttributeDefinition(name = "TURN lifetime", description = "How long a user name holds, in seconds", min = "60")
        long turnLifetime() default 43_200;

        @AttributeDefinition(
                name = "Transport policy",
                description = "all: pages find the shortest way. relay: only by TURN, for networks in which no page may"
                        + " learn the address of another; without a TURN server nobody can talk then",
                options = {@Option(label = "all", value = "all"), @Option(label = "relay", value = "relay")})
        String transportPolicy() default "all";
    }

    private final Clock clock;
    private volatile Config config;

    @Activate
    public IceServers(@Reference Clock clock, Config config) {
        this.clock = clock;
        this.config = config;
    }

    @Modified
    void modified(Config now) {
        config = now;
    }

    /**
     * What a page is told.
     *
     * @param relayOnly whether pages may meet by TURN alone
     */
    record Ways(List<IceServer> servers, boolean relayOnly) {
        Ways {
            servers = List.copyOf(servers);
        }
    }

    /** For one page, fresh. */
    Ways forPage(ParticipantId participant) {
        var now = config;
        var servers = new ArrayList<IceServer>();
        var stun = uris(now.stun());
        if (!stun.isEmpty()) {
            servers.add(new IceServer(stun, Optional.empty()));
        }
        var turn = uris(now.turn());
        if (!turn.isEmpty() && !now.turnSecret().isEmpty()) {
            servers.add(new IceServer(turn, Optional.of(login(now, participant))));
        }
        return new Ways(servers, now.transportPolicy().strip().equalsIgnoreCase("relay"));
    }

    private IceServer.Login login(Config now, ParticipantId participant) {
        var until = clock.instant().plus(Duration.ofSeconds(Math.max(60, now.turnLifetime())));
        var user = until.getEpochSecond() + ":" + participant;
        return new IceServer.Login(user, password(now.turnSecret(), user));
    }

    /** As the draft "A REST API for access to TURN services" has it, and coturn; SHA-1 is the server's choice. */
    static String password(String secret, String user) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> uris(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(uri -> !uri.isEmpty())
                .toList();
    }
}
