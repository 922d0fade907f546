package dev.tandem.web.internal.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.journal.Setting;
import dev.tandem.journal.SiteSettings;
import dev.tandem.web.Call;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What a site's administrator can set. */
@Component(service = SettingsResource.class)
@RestPath(rest_path = "/settings")
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Settings", description = "What a site's administrators decide.")
public final class SettingsResource {
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Form(String type, Optional<Long> least, Optional<Long> most, Optional<List<String>> among) {}

    /**
     * @param unit {@code s} for seconds, else empty
     * @param seed what holds where the site has said nothing
     * @param value what the site has said, or null
     */
    public record One(String key, Form form, String unit, String help, String seed, Optional<String> value) {}

    public record All(List<One> settings) {}

    public record Change(Optional<String> value) {}

    private final SiteSettings settings;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<SiteSettings.Group> groups = List.of();

    @Activate
    public SettingsResource(@Reference SiteSettings settings) {
        this.settings = settings;
    }

    SettingsResource(SiteSettings settings, List<SiteSettings.Group> groups) {
        this.settings = settings;
        this.groups = groups;
    }

    @GET
    @Operation(summary = "All settings of the site")
    @ApiResponse(
            responseCode = "403",
            description = "`administrator-needed`: only an administrator of the site may do this.")
    @SecurityRequirement(name = "agent")
    public All all(@Context Call call) {
        var set = settings.all(call.administrator().site());
        var list = new ArrayList<One>();
        for (var group : groups) {
            var seeds = group.seeds();
            for (var setting : group.settings()) {
                list.add(one(setting, seeds, set.getOrDefault(setting, Optional.empty())));
            }
        }
        return new All(list);
    }

    @PUT
    @Path("{key}")
    @Operation(summary = "Change a setting", description = "A value of null puts the seed back. It holds at once.")
    @ApiResponse(
            responseCode = "400",
            description = "`setting-unknown`: there is no such setting. `setting-value`: it does not take this value.")
    @ApiResponse(
            responseCode = "403",
            description = "`administrator-needed`: only an administrator of the site may do this.")
    @SecurityRequirement(name = "agent")
    public All change(@PathParam("key") String key, Change change, @Context Call call) {
        var administrator = call.administrator();
        settings.set(
                        administrator.site(),
                        key,
                        change.value(),
                        call.commandId(),
                        call.caller().actor())
                .orElseThrow(ProblemException::refused);
        return all(call);
    }

    private static One one(Setting<?> setting, Map<Setting<?>, String> seeds, Optional<String> value) {
        return new One(
                setting.key(),
                form(setting.form()),
                setting.form() instanceof Setting.Form.Seconds ? "s" : "",
                setting.help(),
                seeds.getOrDefault(setting, ""),
                value);
    }

    private static Form form(Setting.Form<?> form) {
        if (form instanceof Setting.Form.Seconds seconds) {
            return new Form(
                    "seconds",
                    Optional.of(seconds.least().toSeconds()),
                    Optional.of(seconds.most().toSeconds()),
                    Optional.empty());
        }
        if (form instanceof Setting.Form.Whole whole) {
            return new Form("whole", Optional.of(whole.least()), Optional.of(whole.most()), Optional.empty());
        }
        if (form instanceof Setting.Form.Choice choice) {
            return new Form("choice", Optional.empty(), Optional.empty(), Optional.of(choice.among()));
        }
        return new Form("flag", Optional.empty(), Optional.empty(), Optional.empty());
    }
}
