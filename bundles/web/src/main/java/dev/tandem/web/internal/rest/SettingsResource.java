package dev.tandem.web.internal.rest;

import java.time.Instant;
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

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.journal.Refusal;
import dev.tandem.journal.Setting;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.web.internal.admin.SettingBook;

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

    /** Who last set it or put it back. @param name of the agent, if it was one whom the platform knows */
    public record Changed(Instant at, String by, Optional<String> name) {}

    /**
     * A setting. Texts are by language; {@code help} is the English one for programs without a language.
     *
     * @param slice symbolic name of the bundle whose setting it is
     * @param unit {@code s} for seconds, else empty
     * @param seed what holds where the site has said nothing
     * @param value what the site has said, or null
     * @param helps what it does
     * @param effects for whom and from when on
     * @param changed null if the site has never touched it
     */
    public record One(
            String key,
            String slice,
            Form form,
            String unit,
            String help,
            String seed,
            Optional<String> value,
            Map<String, String> slices,
            Map<String, String> titles,
            Map<String, String> helps,
            Map<String, String> effects,
            Map<String, Map<String, String>> choices,
            Optional<Changed> changed) {}

    public record All(List<One> settings) {}

    public record Change(Optional<String> value) {}

    private final SettingBook book;

    @Activate
    public SettingsResource(@Reference SettingBook book) {
        this.book = book;
    }

    @GET
    @Operation(summary = "All settings of the site")
    @ApiResponse(
            responseCode = "403",
            description = "`administrator-needed`: only an administrator of the site may do this.")
    @SecurityRequirement(name = "agent")
    public All all(@Context Call call) {
        return new All(book.all(call.administrator().site()).stream()
                .map(SettingsResource::one)
                .toList());
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
        book.set(
                        administrator.site(),
                        key,
                        change.value(),
                        call.commandId(),
                        call.caller().actor())
                .orElseThrow(SettingsResource::refused);
        return all(call);
    }

    /** The value is the one field there is. */
    private static ProblemException refused(Refusal refusal) {
        return refusal.code().equals("setting-value")
                ? new ProblemException(
                        new Problem(400, refusal.code(), refusal.detail(), Optional.of("value"), Optional.empty()))
                : ProblemException.refused(refusal);
    }

    private static One one(SettingBook.Entry entry) {
        var setting = entry.setting();
        var texts = entry.texts();
        return new One(
                setting.key(),
                entry.slice(),
                form(setting.form()),
                setting.form() instanceof Setting.Form.Seconds ? "s" : "",
                setting.help(),
                entry.seed(),
                entry.value(),
                texts.slice(),
                texts.title(),
                texts.help(),
                texts.effect(),
                texts.choices(),
                entry.touched()
                        .map(touched -> new Changed(
                                touched.change().at(), touched.change().actor(), touched.name())));
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
        if (form instanceof Setting.Form.Text text) {
            return new Form("text", Optional.empty(), Optional.of((long) text.longest()), Optional.empty());
        }
        return new Form("flag", Optional.empty(), Optional.empty(), Optional.empty());
    }
}
