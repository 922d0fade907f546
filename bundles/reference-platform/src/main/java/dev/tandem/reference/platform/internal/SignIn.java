package dev.tandem.reference.platform.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Announcements;
import dev.tandem.journal.Ids;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.AgentSignIn;
import dev.tandem.platform.Credentials;
import dev.tandem.platform.SignInListener;
import dev.tandem.platform.SiteId;
import dev.tandem.web.AttemptLimiter;
import dev.tandem.web.ProblemException;
import dev.tandem.web.Secrets;

/**
 * Signs agents in by Karaf's realm and recognises them: browsers by a cookie with a signed token, programs by HTTP
 * Basic.
 */
@Component(service = {AgentSignIn.class, SignIn.class})
public final class SignIn implements AgentSignIn {
    public static final String COOKIE = "tandem-agent";
    public static final Duration HOLDS = Duration.ofHours(12);

    /** The first site: of users whose name names none. Its administrators make the others. */
    public static final SiteId HOME = new SiteId("main");

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final String WHAT = "sign-in";
    private static final String BASIC = "basic ";

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<SignInListener> listeners = List.of();

    private final Realm realm;
    private final Directory directory;
    private final Presences presences;
    private final AttemptLimiter limiter;
    private final Announcements announcements;
    private final Ids ids;
    private final Clock clock;
    private final SignInTokens tokens;
    private final byte[] salt = new byte[16];

    /** Another node tells of its sign-outs; one that goes unheard takes effect after this long at the latest. */
    private final Recent<String, Agent> byToken;

    /** So that the realm is not asked at each request of a program; nor is a password kept, only a salted hash. */
    private final Recent<String, Agent> byPassword;

    @Activate
    public SignIn(
            @Reference Realm realm,
            @Reference Directory directory,
            @Reference Presences presences,
            @Reference AttemptLimiter limiter,
            @Reference Secrets secrets,
            @Reference Announcements announcements,
            @Reference Ids ids,
            @Reference Clock clock) {
        this.realm = realm;
        this.directory = directory;
        this.presences = presences;
        this.limiter = limiter;
        this.announcements = announcements;
        this.ids = ids;
        this.clock = clock;
        this.tokens = new SignInTokens(secrets.key("platform.sign-in"));
        this.byToken = new Recent<>(clock, Duration.ofSeconds(5), 2_000);
        this.byPassword = new Recent<>(clock, Duration.ofSeconds(60), 500);
        new SecureRandom().nextBytes(salt);
    }

    /** A sign-in that holds, with the token for the cookie. */
    public record SignedIn(Agent agent, String token) {}

    /**
     * Signs a browser in.
     *
     * @return empty for a wrong password, an unknown user and one who is no agent alike
     * @throws ProblemException 429 after too many failures of that address
     */
    public Optional<SignedIn> signIn(String user, String password, String address) {
        var site = Account.of(user, HOME).map(Account::site).orElse(HOME);
        return limiter.attempt(site, WHAT, address, () -> verified(user, password))
                .map(this::signedIn);
    }

    /** Ends the sign-in of that token, if it holds. */
    public void signOut(String token) {
        byToken.forget(hash(token));
        tokens.read(token, clock.instant())
                .flatMap(read -> directory.find(read.site(), read.agent()).map(agent -> {
                    presences.signOut(agent, read.id()).orElseThrow(ProblemException::refused);
                    byToken.forget(hash(token));
                    return agent;
                }))
                .ifPresent(this::tell);
    }

    /**
     * Ends an agent's sign-ins and has everybody ask anew what the agent may do.
     *
     * @param kept the token of the one that goes on, if any: of who asks for it in their own name
     */
    void endAll(Agent agent, Optional<String> kept) {
        var goesOn = kept.flatMap(token -> tokens.read(token, clock.instant()))
                .filter(read -> is(agent, read.site(), read.agent()))
                .map(SignInTokens.Token::id)
                .orElse("");
        presences.signOutAll(agent, goesOn).orElseThrow(ProblemException::refused);
        changed(agent);
    }

    /** The agent may do more or less than before; sign-ins go on. */
    void changed(Agent agent) {
        forget(agent.site(), agent.id());
        tell(agent);
    }

    /** What was recognised in that agent's name is looked up anew. */
    void forget(SiteId site, AgentId id) {
        byToken.forgetIf(known -> is(known, site, id));
        byPassword.forgetIf(known -> is(known, site, id));
    }

    void forgetAll() {
        byToken.forgetAll();
        byPassword.forgetAll();
    }

    private void tell(Agent agent) {
        // Before the listeners, who tell other nodes too, which then ask what we have found out here.
        announcements.announce(agent.site(), NodeEcho.of(agent.id()));
        for (var listener : listeners) {
            try {
                listener.signInChanged(agent.site(), agent.id());
            } catch (RuntimeException e) {
                LOG.warn("{} could not be told that sign-ins have changed", listener, e);
            }
        }
    }

    private static boolean is(Agent agent, SiteId site, AgentId id) {
        return agent.site().equals(site) && agent.id().equals(id);
    }

    @Override
    public Optional<Agent> recognise(Credentials credentials) {
        return credentials.cookie(COOKIE).flatMap(this::byToken).or(() -> credentials
                .header("Authorization")
                .flatMap(this::byPassword));
    }

    private Optional<Agent> byToken(String token) {
        return byToken.get(hash(token), () -> {
            var now = clock.instant();
            return tokens.read(token, now)
                    .filter(read -> presences.holds(read.site(), read.id(), now))
                    .flatMap(read -> directory.find(read.site(), read.agent()));
        });
    }

    private Optional<Agent> byPassword(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        return byPassword.get(hash(header), () -> {
            var pair = decoded(header.substring(BASIC.length()).strip());
            int colon = pair.indexOf(':');
            if (colon < 1) {
                return Optional.empty();
            }
            var user = pair.substring(0, colon);
            var site = Account.of(user, HOME).map(Account::site).orElse(HOME);
            // What recognises knows no address, so guesses are counted per user here, apart from those at the form.
            try {
                return limiter.attempt(site, WHAT, "user:" + user, () -> verified(user, pair.substring(colon + 1)));
            } catch (ProblemException tooMany) {
                return Optional.empty();
            }
        });
    }

    private Optional<Agent> verified(String user, String password) {
        return Account.of(user, HOME).flatMap(account -> realm.verify(user, password)
                .filter(roles -> roles.contains(Realm.AGENT))
                .map(roles -> directory.note(account, Optional.empty(), roles)));
    }

    private SignedIn signedIn(Agent agent) {
        // A token's time is told in whole seconds.
        var until = clock.instant().plus(HOLDS).truncatedTo(ChronoUnit.SECONDS);
        var token = new SignInTokens.Token(ids.next().toString(), agent.site(), agent.id(), until);
        presences.signIn(agent, token.id(), until).orElseThrow(ProblemException::refused);
        return new SignedIn(agent, tokens.sign(token));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }

    private String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
