package dev.tandem.webacd.rest;

import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
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

import dev.tandem.web.Call;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.internal.config.ConfigDesk;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What agents can be able to. */
@Component(service = SkillsResource.class)
@RestPath(rest_path = "/webacd/skills")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD")
public final class SkillsResource {
    private final ConfigDesk desk;

    @Activate
    public SkillsResource(@Reference ConfigDesk desk) {
        this.desk = desk;
    }

    /** The skills of a site. */
    public record SkillList(List<Skill> skills) {}

    /** A skill. */
    public record Skill(String skill, String description) {}

    /** What a skill is. */
    public record Said(String description) {}

    @GET
    @Operation(summary = "The skills", description = "By name. For supervisors and administrators.")
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    @SecurityRequirement(name = "agent")
    public SkillList skills(@Context Call call) {
        var skills = desk.routing(Doors.reader(call)).skills();
        return new SkillList(skills.entrySet().stream()
                .map(one -> new Skill(one.getKey(), one.getValue()))
                .toList());
    }

    @PUT
    @Path("{skill}")
    @Operation(
            summary = "Make or change a skill",
            description = "Its name is 1 to 40 small letters, digits and inner hyphens, since rules name it.")
    @ApiResponse(responseCode = "400", description = "`invalid`: with the field.")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @SecurityRequirement(name = "agent")
    public Skill say(@Context Call call, @PathParam("skill") String skill, Said body) {
        var by = Doors.writer(call);
        var said = Doors.needed(body);
        Doors.run(() -> desk.skill(by, skill, said.description()));
        return new Skill(skill, said.description().strip());
    }

    @DELETE
    @Path("{skill}")
    @Operation(summary = "Delete a skill")
    @ApiResponse(responseCode = "403", description = "`administrator-needed`: only an administrator may do this.")
    @ApiResponse(
            responseCode = "409",
            description = "`skill-in-use`: an agent has it or a queue asks for it. `rules-break`: the rules that hold"
                    + " ask for it.")
    @SecurityRequirement(name = "agent")
    public void remove(@Context Call call, @PathParam("skill") String skill) {
        var by = Doors.writer(call);
        Doors.run(() -> desk.removeSkill(by, skill));
    }
}
