package dev.tandem.session.rest;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.Outcome;
import dev.tandem.session.internal.NoteDesk;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Notes and outcome of a session by REST, below {@code /sessions/ID/notes}. */
@Component(service = NotesResource.class)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
public final class NotesResource {
    private final NoteDesk desk;

    @Activate
    public NotesResource(@Reference NoteDesk desk) {
        this.desk = desk;
    }

    public record Note(String outcome, Optional<String> text) {}

    @GET
    @Operation(
            summary = "Notes and outcome",
            description =
                    "For agents who are or were in the session, and for the site's supervisors and administrators.")
    @SecurityRequirement(name = "agent")
    public NoteDesk.Notes notes(@Context Call call, @PathParam("id") String id) {
        return desk.notes(call.agent(), Ids.of(id));
    }

    @PUT
    @Operation(
            summary = "Note what came of it",
            description =
                    "By an agent who is or was in the session, also when it is over: RESOLVED, UNRESOLVED or UNKNOWN, and at"
                            + " most 4,000 characters of plain text. The last one counts.")
    @SecurityRequirement(name = "agent")
    public NoteDesk.Notes note(@Context Call call, @PathParam("id") String id, Note body) {
        var agent = call.agent();
        var word = Bodies.required(body, Note::outcome, "outcome").toUpperCase(Locale.ROOT);
        var outcome = Stream.of(Outcome.values())
                .filter(one -> one.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.invalid("outcome", "An outcome is RESOLVED, UNRESOLVED or UNKNOWN.")));
        var text = Bodies.text(body.text().orElse(""), NoteDesk.LONGEST_TEXT, "text");
        return desk.note(agent, Ids.of(id), outcome, text, call.commandId());
    }
}
