package dev.tandem.openapi.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.CookieParam;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.junit.Test;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import dev.tandem.web.Call;

import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;

public class ResourceReaderTest {
    private final ObjectMapper mapper =
            new ObjectMapper().registerModule(new Jdk8Module()).registerModule(new JavaTimeModule());

    public enum Kind {
        @JsonProperty("call")
        CALL,
        CHAT
    }

    public record Inner(long number) {}

    public record View(
            UUID id, Kind kind, Instant at, Optional<Instant> until, Optional<Inner> inner, List<Inner> all) {}

    public record Sent(String text, Optional<List<Kind>> kinds, @JsonProperty("for") int purpose) {}

    @Path("/")
    @Produces(MediaType.APPLICATION_JSON)
    @Consumes(MediaType.APPLICATION_JSON)
    public static class Notes {
        @GET
        @Path("{session}")
        @ApiResponse(responseCode = "409", description = "`session-ended`: it has.")
        @Operation(summary = "Reads")
        public View read(@Context Call call, @PathParam("session") UUID session, @QueryParam("after") Long after) {
            throw new IllegalStateException();
        }

        @POST
        @Path("{session}")
        @ApiResponse(
                responseCode = "201",
                description = "Written.",
                content = @Content(schema = @Schema(implementation = View.class)))
        @ApiResponse(responseCode = "409", description = "`session-ended`, `too-many-notes`: no more.")
        @SecurityRequirement(name = "agent")
        public Response write(@Context Call call, @PathParam("session") UUID session, Sent sent) {
            throw new IllegalStateException();
        }

        @POST
        @Path("hello")
        @ApiResponse(responseCode = "429", description = "`too-often`: later.")
        @SecurityRequirement(name = "anyone")
        public void hello(@Context Call call, @CookieParam("tandem-agent") String cookie) {
            throw new IllegalStateException();
        }
    }

    /** Says nothing of itself, and its View is another one. */
    @Path("/")
    public static class Plain {
        public record View(String words) {}

        @GET
        public View get() {
            throw new IllegalStateException();
        }
    }

    private JsonNode read(Map<String, Class<?>> resources) {
        return Json.mapper().valueToTree(new ResourceReader(mapper, "1.2.3").read(new TreeMap<>(resources)));
    }

    @Test
    public void recordsSayWhatIsNeededAndWhatMayBeNull() {
        var schemas = read(Map.of("/notes", Notes.class)).at("/components/schemas");
        var view = schemas.get("openapi.View");
        assertEquals("[\"all\",\"at\",\"id\",\"kind\"]", view.get("required").toString());
        assertEquals("uuid", view.at("/properties/id/format").asText());
        assertEquals("date-time", view.at("/properties/until/format").asText());
        assertTrue(view.at("/properties/until/nullable").asBoolean());
        assertTrue(view.at("/properties/inner/nullable").asBoolean());
        assertEquals(
                "#/components/schemas/openapi.Inner",
                view.at("/properties/inner/allOf/0/$ref").asText());
        assertEquals("[\"call\",\"CHAT\"]", view.at("/properties/kind/enum").toString());
        assertEquals(
                "[\"for\",\"text\"]",
                schemas.get("openapi.Sent").get("required").toString());
    }

    @Test
    public void whatTheServerGivesAMethodIsNoParameterAndTheKeyIsDocumentedOnce() {
        var document = read(Map.of("/notes", Notes.class));
        var write = document.at("/paths/~1notes~1{session}/post");
        assertEquals(
                "[{\"name\":\"session\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\",\"format\":\"uuid\"}},"
                        + "{\"$ref\":\"#/components/parameters/Idempotency-Key\"}]",
                write.get("parameters").toString());
        assertEquals(
                "header",
                document.at("/components/parameters/Idempotency-Key/in").asText());
        assertTrue(write.at("/requestBody/required").asBoolean());
        assertFalse(document.at("/paths/~1notes~1hello/post").has("requestBody"));
        assertFalse(document.at("/paths/~1notes~1{session}/get/parameters")
                .toString()
                .contains("Idempotency"));
    }

    @Test
    public void problemsCarryTheirCodesAndTheHousesOwnAreAddedOnce() {
        var document = read(Map.of("/notes", Notes.class));
        var responses = document.at("/paths/~1notes~1{session}/post/responses");
        var names = new ArrayList<String>();
        responses.fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("201", "400", "401", "403", "404", "409", "413", "415", "503"), names);
        assertEquals(
                "[\"command-id-reused\",\"session-ended\",\"too-many-notes\",\"version-conflict\"]",
                responses.at("/409/x-problem-codes").toString());
        assertEquals(
                "#/components/schemas/Problem",
                responses
                        .at("/409/content/application~1problem+json/schema/$ref")
                        .asText());
        assertEquals(
                "#/components/responses/Problem401", responses.at("/401/$ref").asText());
        assertEquals(
                "[\"sign-in-needed\"]",
                document.at("/components/responses/Problem401/x-problem-codes").toString());
    }

    @Test
    public void methodThatNamesItsProblemsOnlyAnswersWhatItReturns() {
        var document = read(Map.of("/notes", Notes.class));
        assertEquals(
                "#/components/schemas/openapi.View",
                document.at("/paths/~1notes~1{session}/get/responses/200/content/application~1json/schema/$ref")
                        .asText());
        assertTrue(document.at("/paths/~1notes~1hello/post/responses").has("204"));
        assertTrue(document.at("/components/schemas").has("openapi.Inner"));
    }

    @Test
    public void operationsSayWhoMayCallThem() {
        var paths = read(Map.of("/notes", Notes.class)).get("paths");
        assertEquals(
                "[{\"agent\":[]}]",
                paths.at("/~1notes~1{session}/post/security").toString());
        assertEquals(
                "[{\"agent\":[]},{\"customer\":[]}]",
                paths.at("/~1notes~1{session}/get/security").toString());
        var open = paths.at("/~1notes~1hello/post");
        assertEquals("[]", open.get("security").toString());
        assertFalse(open.get("responses").has("401"));
    }

    @Test
    public void resourceThatSaysNothingOfItselfIsReadAllTheSame() {
        var document = read(Map.of("/plain/one", Plain.class, "/notes", Notes.class));
        var get = document.at("/paths/~1plain~1one/get");
        assertEquals("plain.one.get", get.get("operationId").asText());
        assertEquals("[\"plain.one\"]", get.get("tags").toString());
        assertEquals(
                "#/components/schemas/openapi.Plain.View",
                get.at("/responses/200/content/application~1json/schema/$ref").asText());
    }

    @Test
    public void resourceThatCannotBeReadCostsTheOthersNothing() {
        var paths = read(Map.of("/broken", Broken.class, "/plain", Plain.class)).get("paths");
        assertTrue(paths.has("/plain"));
    }

    /** Two getters for one name: Jackson cannot read it. */
    public static class Torn {
        public int getIt() {
            return 1;
        }

        @JsonProperty("it")
        public String other() {
            return "";
        }

        @JsonProperty("it")
        public String third() {
            return "";
        }
    }

    @Path("/")
    public static class Broken {
        @GET
        public Torn get() {
            throw new IllegalStateException();
        }
    }
}
