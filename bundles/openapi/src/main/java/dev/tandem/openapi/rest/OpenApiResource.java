package dev.tandem.openapi.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.SortedMap;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Request;
import javax.ws.rs.core.Response;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tandem.web.Call;
import dev.tandem.web.RestPath;
import dev.tandem.web.ServedPaths;

import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/**
 * The OpenAPI document of what is served at this moment. For signed-in agents: it holds no secret, but strangers need not
 * know what is installed.
 */
@Component(service = OpenApiResource.class)
@RestPath(rest_path = "/openapi.json")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "OpenAPI", description = "This document.")
public final class OpenApiResource {
    /** Made when first asked for, and again when other resources are served. */
    private record Made(SortedMap<String, Class<?>> of, ObjectNode document) {}

    private final ServedPaths served;
    private final ResourceReader reader;
    private volatile Optional<Made> last = Optional.empty();

    @Activate
    public OpenApiResource(
            @Reference ServedPaths served,
            @Reference(target = "(tandem.mapper=true)") ObjectMapper mapper,
            BundleContext context) {
        this(served, mapper, context.getBundle().getVersion().toString().replace(".SNAPSHOT", "-SNAPSHOT"));
    }

    OpenApiResource(ServedPaths served, ObjectMapper mapper, String version) {
        this.served = served;
        this.reader = new ResourceReader(mapper, version);
    }

    @GET
    @Operation(
            summary = "What can be called right now",
            description = "OpenAPI 3.0. It changes when a bundle comes or goes; ask again with the ETag.")
    @ApiResponse(
            responseCode = "200",
            description = "The document.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "304", description = "It is still the one of that ETag.")
    @SecurityRequirement(name = "agent")
    public Response document(@Context Call call, @Context Request request) {
        call.agent();
        var document = made().document().deepCopy();
        document.putArray("servers").addObject().put("url", call.publicUrl() + "/api");
        byte[] bytes;
        try {
            bytes = Json.mapper().writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var tag = new EntityTag(digest(bytes));
        var unchanged = request.evaluatePreconditions(tag);
        var response = unchanged == null ? Response.ok(bytes) : unchanged;
        return response.tag(tag)
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Cookie, Authorization")
                .build();
    }

    private Made made() {
        var now = served.resources();
        var known = last;
        if (known.isPresent() && known.get().of().equals(now)) {
            return known.get();
        }
        var made = new Made(now, Json.mapper().valueToTree(reader.read(now)));
        last = Optional.of(made);
        return made;
    }

    private static String digest(byte[] bytes) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new BigInteger(1, hash).toString(36).substring(0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
