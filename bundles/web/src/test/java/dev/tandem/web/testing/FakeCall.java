package dev.tandem.web.testing;

import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * A request as it reaches a REST method: in English, from 192.0.2.7, to http://127.0.0.1:8181.
 *
 * @param keys what each command is known by
 */
public record FakeCall(Caller caller, SiteId defaultSite, Supplier<UUID> keys) implements Call {
    /** Each command by another key, as from a client that sends none; the default site is {@code main}. */
    public FakeCall(Caller caller) {
        this(caller, UUID::randomUUID);
    }

    /** Every command by that key. */
    public FakeCall(Caller caller, UUID key) {
        this(caller, () -> key);
    }

    public FakeCall(Caller caller, SiteId defaultSite) {
        this(caller, defaultSite, UUID::randomUUID);
    }

    private FakeCall(Caller caller, Supplier<UUID> keys) {
        this(caller, new SiteId("main"), keys);
    }

    @Override
    public Agent agent() {
        if (caller instanceof Caller.OfAgent of) {
            return of.agent();
        }
        throw new ProblemException(new Problem(401, "sign-in-needed", "Sign in."));
    }

    @Override
    public Agent administrator() {
        if (agent().has(Agent.Role.ADMINISTRATOR)) {
            return agent();
        }
        throw new ProblemException(new Problem(403, "administrator-needed", "For administrators only."));
    }

    @Override
    public String address() {
        return "192.0.2.7";
    }

    @Override
    public UUID commandId() {
        return keys.get();
    }

    @Override
    public Locale language() {
        return Locale.ENGLISH;
    }

    @Override
    public URI publicUrl() {
        return URI.create("http://127.0.0.1:8181");
    }
}
