package dev.tandem.session.rest;

import java.util.List;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.InteractionId;
import dev.tandem.session.internal.ClientUrls;
import dev.tandem.session.internal.CustomerDesk;
import dev.tandem.session.internal.SessionDesk;
import dev.tandem.session.internal.Uuids;
import dev.tandem.session.internal.Views;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

/** Sessions by REST. */
@Component(service = SessionsResource.class)
@RestPath(rest_path = "/sessions")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SessionsResource {
    private final SessionDesk agents;
    private final CustomerDesk customers;
    private final Views views;

    @Activate
    public SessionsResource(@Reference SessionDesk agents, @Reference CustomerDesk customers, @Reference Views views) {
        this.agents = agents;
        this.customers = customers;
        this.views = views;
    }

    public record Start(String interaction) {}

    public record Page(String page) {}

    public record Name(String name) {}

    public record Sessions(List<AgentView> sessions) {}

    public record Sent(boolean sent) {}

    @POST
    public Response start(@Context Call call, Start body) {
        var interaction = interaction(Bodies.required(body, Start::interaction, "interaction"));
        var opened = agents.open(call.agent(), interaction, clientUrl(call), call.commandId());
        return Response.status(opened.fresh() ? 201 : 200).entity(opened.view()).build();
    }

    @GET
    public Sessions living(@Context Call call, @QueryParam("interaction") String interaction) {
        var agent = call.agent();
        if (interaction == null) {
            throw new ProblemException(Problem.invalid("interaction", "Say which interaction's sessions."));
        }
        return new Sessions(agents.living(agent, interaction(interaction)));
    }

    @GET
    @Path("{id}")
    public Views.View session(@Context Call call, @PathParam("id") String id) {
        return views.of(call.caller(), session(id));
    }

    @POST
    @Path("{id}/leave")
    public Response leave(@Context Call call, @PathParam("id") String id) {
        if (call.caller() instanceof Caller.OfCustomer customer) {
            customers.leave(customer, session(id), call.commandId());
            return Response.noContent().build();
        }
        return Response.ok(agents.leave(call.agent(), session(id), call.commandId()))
                .build();
    }

    @POST
    @Path("{id}/return")
    public AgentView comeBack(@Context Call call, @PathParam("id") String id) {
        return agents.comeBack(call.agent(), session(id), call.commandId());
    }

    @POST
    @Path("{id}/end")
    public AgentView end(@Context Call call, @PathParam("id") String id) {
        return agents.end(call.agent(), session(id), call.commandId());
    }

    @POST
    @Path("{id}/renew")
    public Response renew(@Context Call call, @PathParam("id") String id) {
        var view = agents.renew(call.agent(), session(id), clientUrl(call), call.commandId());
        return Response.status(201).entity(view).build();
    }

    @POST
    @Path("{id}/send-link")
    public Sent sendLink(@Context Call call, @PathParam("id") String id) {
        agents.sendLink(call.agent(), session(id), call.language(), call.commandId());
        return new Sent(true);
    }

    /** Sent by a page on its way out. */
    @POST
    @Path("{id}/closing")
    public void closing(@Context Call call, @PathParam("id") String id, Page body) {
        var page = Uuids.parse(Bodies.required(body, Page::page, "page"))
                .orElseThrow(() -> new ProblemException(Problem.invalid("page", "A page's id is a UUID.")));
        if (call.caller() instanceof Caller.OfCustomer customer) {
            customers.closing(customer, session(id), page);
        } else {
            agents.closing(call.agent(), session(id), page, call.commandId());
        }
    }

    @PUT
    @Path("{id}/me")
    public Views.View rename(@Context Call call, @PathParam("id") String id, Name body) {
        if (!(call.caller() instanceof Caller.OfCustomer customer)) {
            // An agent's name is the platform's; whoever is nobody is told to sign in.
            call.agent();
            throw new ProblemException(Problem.unknown());
        }
        var name = Bodies.name(Bodies.required(body, Name::name, "name"), CustomerDesk.LONGEST_NAME);
        return customers.rename(customer, session(id), name, call.commandId());
    }

    private static String clientUrl(Call call) {
        return ClientUrls.before(call.publicUrl(), call.agent().site(), call.defaultSite());
    }

    private static InteractionId interaction(String value) {
        try {
            return new InteractionId(value);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid("interaction", e.getMessage() + "."));
        }
    }

    private static UUID session(String id) {
        return Uuids.parse(id).orElseThrow(() -> new ProblemException(Problem.unknown()));
    }
}
