package dev.tandem.session.rest;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;
import dev.tandem.session.internal.CustomerDesk;
import dev.tandem.session.internal.Views;
import dev.tandem.web.AttemptLimiter;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.tags.Tag;

/**
 * The one door at which a PIN is tried. Whatever does not admit, be it wrong, expired, of an ended session or no PIN at
 * all, gets the same answer in the same time, and counts for the limit. There is no second door by socket: a socket needs a
 * ticket, a ticket needs the token that only this door gives out, and so the limit holds for sockets alike. An invitation
 * that is alive admits in any case: nobody can guess one, and behind one address there may be a whole company.
 */
@Component(service = JoinResource.class)
@RestPath(rest_path = "/join")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions", description = "Sessions of remote support: seats, PINs, participants.")
@SecurityScheme(
        name = "customer",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description =
                "The token that joining gives. It dies with leaving, with the session, and when the seat is taken over.")
public final class JoinResource {
    private static final Problem REFUSED = new Problem(403, "pin-refused", "This PIN does not admit to a session.");

    private final AttemptLimiter limiter;
    private final CustomerDesk customers;
    private final Views views;

    @Activate
    public JoinResource(@Reference AttemptLimiter limiter, @Reference CustomerDesk customers, @Reference Views views) {
        this.limiter = limiter;
        this.customers = customers;
        this.views = views;
    }

    /** @param site empty for the default site */
    /** One of PIN and invitation. @param site empty for the default site; an invitation's link knows its own */
    public record Join(Optional<String> pin, Optional<String> site, Optional<String> invitation) {}

    public record Joined(String token, UUID session, UUID participant, Views.View view) {}

    @POST
    @Operation(
            summary = "Join with a PIN or an invitation",
            description =
                    "The one door at which a PIN is tried, or the token of a mailed link. Every failure looks the same and takes the same time.")
    @ApiResponse(responseCode = "403", description = "`pin-refused`: this PIN does not admit to a session.")
    @ApiResponse(
            responseCode = "409",
            description = "`too-many-customers`: the PIN is right; the agent helps as many customers as are allowed.")
    @ApiResponse(
            responseCode = "429",
            description =
                    "`too-many-attempts`: this address has failed too often; `Retry-After` says when to try again. An"
                            + " invitation that is alive is never answered so.")
    @SecurityRequirement(name = "anyone")
    public Joined join(@Context Call call, Join body) {
        if (body == null || body.pin().isPresent() == body.invitation().isPresent()) {
            throw new ProblemException(Problem.invalid("pin", "This field is needed."));
        }
        // An impossible site is tried, too, with a PIN that is none: the same answer in the same time.
        var site = body.site().map(JoinResource::site);
        var pin = site.filter(Optional::isEmpty).isPresent() ? "" : body.pin().orElse("");
        var in = site.flatMap(s -> s).orElseGet(call::defaultSite);
        var command = call.commandId();
        Supplier<Optional<CustomerDesk.Admitted>> attempt = () -> body.invitation()
                .map(token -> customers.joinInvited(token, command))
                .orElseGet(() -> customers.join(in, pin, command));
        boolean living = body.invitation().filter(customers::invited).isPresent();
        return (living ? attempt.get() : limiter.attempt(in, "pin", call.address(), attempt))
                .map(this::joined)
                .orElseThrow(() -> new ProblemException(REFUSED));
    }

    private Joined joined(CustomerDesk.Admitted admitted) {
        var customer = admitted.customer();
        return new Joined(
                admitted.token(), customer.session(), customer.participant(), views.of(customer, customer.session()));
    }

    private static Optional<SiteId> site(String text) {
        try {
            return Optional.of(new SiteId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
