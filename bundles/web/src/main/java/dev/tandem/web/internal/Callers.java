package dev.tandem.web.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.StorageException;
import dev.tandem.platform.AgentSignIn;
import dev.tandem.platform.Credentials;
import dev.tandem.web.Caller;
import dev.tandem.web.CustomerTokens;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.ViewerTokens;

/**
 * Recognises callers. What is said outright (an Authorization header) excludes what the browser adds by itself (cookies):
 * a customer's page with a dead token must not act for the agent who is signed in in the same browser.
 */
@Component(service = Callers.class)
public final class Callers {
    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);
    private static final String BEARER = "Bearer ";
    private static final Problem NOBODY_TO_ASK = new Problem(
            503,
            "starting",
            "What could tell who is calling is not there just now.",
            Optional.empty(),
            Optional.of(1L));

    private final WebConfig config;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<CustomerTokens> customers = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ViewerTokens> viewers = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<AgentSignIn> agents = List.of();

    @Activate
    public Callers(@Reference WebConfig config) {
        this.config = config;
    }

    Callers(WebConfig config, List<CustomerTokens> customers, List<AgentSignIn> agents) {
        this.config = config;
        this.customers = customers;
        this.agents = agents;
    }

    /**
     * Nobody is a stranger for lack of who could tell: a page that hears so forgets who it was.
     *
     * @throws StorageException if the database is needed to tell, and is away
     * @throws ProblemException 503 if the slice that could tell is not there just now
     */
    public Caller recognise(Credentials sent) {
        var authorization = sent.header("Authorization");
        var bearer = authorization
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
        // Seen before they ask: who comes meanwhile was not asked.
        boolean tokensAreKnown = !customers.isEmpty();
        boolean agentsAreKnown = !agents.isEmpty();
        var holder = bearer.flatMap(this::holder);
        if (holder.isPresent()) {
            return holder.get();
        }
        var shown = authorization.isPresent() ? new WithoutCookies(sent) : sent;
        var agent = first(agents, signIn -> signIn.recognise(shown));
        if (agent.isPresent()) {
            return new Caller.OfAgent(agent.get());
        }
        boolean proves = authorization.isPresent() || sent.header("Cookie").isPresent();
        if (proves && !(bearer.isPresent() ? tokensAreKnown : agentsAreKnown)) {
            throw new ProblemException(NOBODY_TO_ASK);
        }
        return new Caller.Anonymous(config.values().defaultSite());
    }

    private Optional<Caller> holder(String token) {
        return first(customers, tokens -> tokens.recognise(token))
                .<Caller>map(customer -> customer)
                .or(() -> first(viewers, tokens -> tokens.recognise(token)));
    }

    private static <S, T> Optional<T> first(List<S> services, Function<S, Optional<T>> ask) {
        Optional<StorageException> away = Optional.empty();
        for (S service : services) {
            try {
                var found = ask.apply(service);
                if (found.isPresent()) {
                    return found;
                }
            } catch (StorageException e) {
                away = Optional.of(e);
            } catch (RuntimeException e) {
                LOG.warn("{} could not say who is calling", service.getClass().getName(), e);
            }
        }
        if (away.isPresent()) {
            throw away.get();
        }
        return Optional.empty();
    }

    private record WithoutCookies(Credentials all) implements Credentials {
        @Override
        public Optional<String> cookie(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> header(String name) {
            return name.equalsIgnoreCase("Cookie") ? Optional.empty() : all.header(name);
        }
    }
}
