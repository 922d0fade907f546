package org.example.odd.rest;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.example.odd.CoinEvent.Side;
import org.example.odd.internal.CoinTopics;
import org.example.odd.internal.Coins;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.SupportSessions;
import dev.tandem.web.Call;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Looks at the coin and tosses it, for those who are in the session. */
@Component(service = CoinResource.class)
@RestPath(rest_path = "/odd-coin")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Odd coin", description = "A coin that everybody in the session may toss.")
public final class CoinResource {
    private final Coins coins;
    private final SupportSessions sessions;
    private final RandomGenerator chance = new SecureRandom();

    @Activate
    public CoinResource(@Reference Coins coins, @Reference SupportSessions sessions) {
        this.coins = coins;
        this.sessions = sessions;
    }

    @GET
    @Path("{session}")
    @Operation(summary = "Look at the coin")
    public Coins.View look(@Context Call call, @PathParam("session") String id) {
        var session = CoinTopics.session(id);
        var membership = sessions.membership(call.caller(), session);
        return coins.view(membership.session().site(), session);
    }

    @POST
    @Path("{session}/toss")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Toss it", description = "It lands by itself.")
    @ApiResponse(responseCode = "409", description = "`coin-in-the-air`: it has not landed yet.")
    public Coins.View toss(@Context Call call, @PathParam("session") String id) {
        var session = CoinTopics.session(id);
        var membership = sessions.membership(call.caller(), session);
        var site = membership.session().site();
        var side = chance.nextBoolean() ? Side.HEADS : Side.TAILS;
        coins.toss(
                        site,
                        session,
                        membership.participant().id(),
                        side,
                        call.caller().actor(),
                        call.commandId())
                .orElseThrow(ProblemException::refused);
        return coins.view(site, session);
    }
}
