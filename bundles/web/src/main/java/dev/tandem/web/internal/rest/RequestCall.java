package dev.tandem.web.internal.rest;

import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;

import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Addresses;
import dev.tandem.web.internal.Callers;
import dev.tandem.web.internal.Languages;
import dev.tandem.web.internal.Origins;
import dev.tandem.web.internal.Problems;
import dev.tandem.web.internal.WebConfig;

/** A call behind a servlet request. The caller is recognised when somebody wants to know, and once. */
final class RequestCall implements Call {
    private static final String KEY = "Idempotency-Key";
    private static final Pattern UUID_FORM = Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private static final String TICKETS = "/tickets";
    private static final String TICKET = "ticket=";

    private final HttpServletRequest request;
    private final Callers callers;
    private final WebConfig config;
    private final BiFunction<String, String, Optional<Caller>> readers;
    private Optional<Caller> caller = Optional.empty();
    private Optional<UUID> command = Optional.empty();

    /** @param readers who may read what, by a ticket and a path */
    RequestCall(
            HttpServletRequest request,
            Callers callers,
            WebConfig config,
            BiFunction<String, String, Optional<Caller>> readers) {
        this.request = request;
        this.callers = callers;
        this.config = config;
        this.readers = readers;
    }

    @Override
    public Caller caller() {
        if (caller.isEmpty()) {
            caller = Optional.of(byTicket().orElseGet(() -> callers.recognise(new RequestCredentials(request))));
        }
        if (caller.get() instanceof Caller.OfViewer && !looks()) {
            throw new ProblemException(Problems.viewOnly());
        }
        return caller.get();
    }

    /** A browser that saves a file of a customer's sends no token along: a ticket in the address stands for it. */
    private Optional<Caller> byTicket() {
        var query = request.getQueryString();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads || query == null || !query.startsWith(TICKET) || request.getHeader("Authorization") != null) {
            return Optional.empty();
        }
        return readers.apply(query.substring(TICKET.length()), request.getRequestURI());
    }

    /** Whether it changes nothing. A ticket opens sockets, which refuse for themselves. */
    private boolean looks() {
        return request.getMethod().equals("GET") || TICKETS.equals(request.getPathInfo());
    }

    @Override
    public Agent agent() {
        if (caller() instanceof Caller.OfAgent known) {
            return known.agent();
        }
        throw new ProblemException(Problems.signInNeeded());
    }

    @Override
    public Agent administrator() {
        var agent = agent();
        if (!agent.has(Agent.Role.ADMINISTRATOR)) {
            throw new ProblemException(
                    new Problem(403, "administrator-needed", "Only an administrator of the site may do this."));
        }
        return agent;
    }

    @Override
    public SiteId defaultSite() {
        return config.values().defaultSite();
    }

    @Override
    public String address() {
        return Addresses.plain(request.getRemoteAddr());
    }

    @Override
    public InputStream body() {
        return request instanceof StreamedRequest streamed ? streamed.body() : Call.super.body();
    }

    @Override
    public UUID commandId() {
        if (command.isEmpty()) {
            var key = request.getHeader(KEY);
            if (key != null && !UUID_FORM.matcher(key).matches()) {
                throw new ProblemException(Problem.invalid(KEY, "This must be a UUID."));
            }
            command = Optional.of(key == null ? UUID.randomUUID() : UUID.fromString(key));
        }
        return command.get();
    }

    @Override
    public Locale language() {
        return Languages.best(request.getHeader("Accept-Language"));
    }

    @Override
    public boolean secure() {
        return request.isSecure() || Call.super.secure();
    }

    @Override
    public URI publicUrl() {
        return config.values().publicUrl().orElseGet(() -> {
            var host = Origins.authority(request.getHeader("Host"))
                    .orElseThrow(() -> new ProblemException(Problem.invalid("Host", "This is not a host's name.")));
            return URI.create(request.getScheme() + "://" + host);
        });
    }
}
