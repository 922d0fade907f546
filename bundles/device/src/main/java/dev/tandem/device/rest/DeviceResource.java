package dev.tandem.device.rest;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.device.SystemInformation;
import dev.tandem.device.SystemInformation.Item;
import dev.tandem.device.internal.DeviceTopics;
import dev.tandem.device.internal.DeviceViews;
import dev.tandem.device.internal.Reports;
import dev.tandem.journal.Ids;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SupportSessions;
import dev.tandem.session.SupportSessions.Membership;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** System information of the customers' computers, for those who are in the session. */
@Component(service = DeviceResource.class)
@RestPath(rest_path = "/device")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Device", description = "The customer's computer: what it says of itself, with consent.")
public final class DeviceResource {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9.-]{0,39}");

    private final SupportSessions sessions;
    private final Reports reports;
    private final DeviceViews views;

    @Activate
    public DeviceResource(
            @Reference SupportSessions sessions, @Reference Reports reports, @Reference DeviceViews views) {
        this.sessions = sessions;
        this.reports = reports;
        this.views = views;
    }

    /** What a computer tells. */
    public record Told(List<Item> items) {}

    @GET
    @Path("{session}/information")
    @Operation(
            summary = "What the computers have told",
            description = "Agents see every customer's while the consent holds, a customer the own.")
    public DeviceViews.View read(@Context Call call, @PathParam("session") String id) {
        return views.of(membership(call, id));
    }

    @POST
    @Path("{session}/information")
    @Operation(
            summary = "Ask for a fresh report",
            description = "Of the customer who is being helped; who has not allowed it yet is asked.")
    @ApiResponse(
            responseCode = "403",
            description =
                    "`not-controller`: only the agent in control can do this. `switched-off`: not in this session.")
    @ApiResponse(responseCode = "409", description = "`nobody-assisted`: there is no customer to ask.")
    @SecurityRequirement(name = "agent")
    public DeviceViews.View ask(@Context Call call, @PathParam("session") String id) {
        var membership = membership(call, id);
        var session = membership.session();
        var me = membership.participant().id();
        reports.refresh(session.site(), session.id(), me, command(call, id, membership))
                .orElseThrow(ProblemException::refused);
        return views.of(membership(call, id));
    }

    @PUT
    @Path("{session}/information")
    @Operation(
            summary = "Tell what this computer is",
            description = "By the customer's page: up to 64 items of up to 300 characters.")
    @ApiResponse(responseCode = "403", description = "`not-allowed`: the customer has not allowed this.")
    @SecurityRequirement(name = "customer")
    public DeviceViews.View tell(@Context Call call, @PathParam("session") String id, Told body) {
        var membership = membership(call, id);
        if (membership.participant().role() != Role.CUSTOMER) {
            throw new ProblemException(Problem.unknown());
        }
        var items = checked(Optional.ofNullable(body).map(Told::items).orElseThrow(() -> invalid("It is missing.")));
        reports.tell(membership.session(), membership.participant().id(), items, command(call, id, membership))
                .orElseThrow(ProblemException::refused);
        return views.of(membership(call, id));
    }

    private Membership membership(Call call, String id) {
        return sessions.membership(call.caller(), DeviceTopics.session(id));
    }

    private static List<Item> checked(List<Item> items) {
        if (items.isEmpty() || items.size() > SystemInformation.MOST_ITEMS) {
            throw invalid("1 to " + SystemInformation.MOST_ITEMS + " items are expected.");
        }
        for (var item : items) {
            if (item == null || item.key() == null || !KEY.matcher(item.key()).matches()) {
                throw invalid("A key is a word of lower case letters, digits, dots and dashes.");
            }
            if (item.value() == null || !plain(item.value())) {
                throw invalid("The value of " + item.key() + " is plain text of 1 to " + SystemInformation.LONGEST_VALUE
                        + " characters.");
            }
        }
        return items;
    }

    private static boolean plain(String text) {
        long length = text.codePoints().count();
        return length > 0
                && length <= SystemInformation.LONGEST_VALUE
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.invalid("items", detail));
    }

    /** Two participants who happen to send the same key mean two commands. */
    private static UUID command(Call call, String session, Membership membership) {
        return Ids.derived(
                call.commandId(),
                "device/" + session + "/" + membership.participant().id());
    }
}
