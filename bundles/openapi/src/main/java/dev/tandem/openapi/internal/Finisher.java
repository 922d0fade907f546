package dev.tandem.openapi.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;

/** Writes what holds for every resource once, so that no slice repeats it: problems, sign-in, the idempotency key. */
public final class Finisher {
    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String KEY = "Idempotency-Key";
    private static final List<HttpMethod> UNSAFE =
            List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    /** Codes stand in back-quotes in a response's description. */
    private static final Pattern CODE = Pattern.compile("`([a-z][a-z0-9-]*)`");

    /** Kinds of callers; a scheme is named like its kind, or begins with it and a hyphen. */
    private static final List<String> CALLERS = List.of("agent", "customer");

    /** Named by an operation that asks nobody who they are. */
    private static final String ANYONE = "anyone";

    /** What the web bundle itself answers, by status. */
    private static final SortedMap<String, String> HOUSE = new TreeMap<>(Map.of(
            "400", "`invalid`: a value cannot stand where it does, `field` names it. `not-json`: the body is not JSON.",
            "401", "`sign-in-needed`: nobody is signed in, or the sign-in or token is over.",
            "403", "`foreign-origin`: a page of another origin may not do this.",
            "404", "`unknown`: there is nothing here, or it is not yours to see.",
            "409", "`version-conflict`: others were quicker. `command-id-reused`: the key was another command's.",
            "413", "`too-large`: a body is at most 64 KB.",
            "415", "`not-json`: the body must be application/json.",
            "503", "`journal-busy`, `starting`, `stopping`: not now; `Retry-After` says when."));

    private Finisher() {}

    /** What every document has, with or without slices. */
    public static void begin(OpenAPI document) {
        var components = new Components()
                .addSchemas(PROBLEM, problem())
                .addParameters(
                        KEY,
                        new Parameter()
                                .in("header")
                                .name(KEY)
                                .schema(new UUIDSchema())
                                .description(
                                        "A UUID of the client's own for this command. A repeat with the same key gets"
                                                + " the first answer and does nothing twice; without one the server takes a"
                                                + " fresh id."));
        HOUSE.forEach(
                (status, text) -> components.addResponses("Problem" + status, problem(text, "503".equals(status))));
        document.components(components);
    }

    /** One resource's operations. @param path its {@code tandem.rest.path} */
    public static void resource(String path, OpenAPI resource) {
        if (resource.getPaths() == null) {
            return;
        }
        var prefix = path.substring(1).replace('/', '.');
        resource.getPaths().forEach((where, item) -> item.readOperationsMap().forEach((method, operation) -> {
            operation.setOperationId(prefix + "." + operation.getOperationId());
            if (operation.getTags() == null) {
                operation.addTagsItem(prefix);
            }
            boolean open = operation.getSecurity() != null
                    && operation.getSecurity().stream().anyMatch(one -> one.containsKey(ANYONE));
            if (operation.getRequestBody() != null) {
                operation.getRequestBody().setRequired(true);
                json(operation.getRequestBody().getContent());
            }
            if (UNSAFE.contains(method)) {
                operation.addParametersItem(new Parameter().$ref("#/components/parameters/" + KEY));
            }
            responses(where, method, operation, open);
        }));
    }

    private static void responses(String path, HttpMethod method, Operation operation, boolean open) {
        var given = operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
        var undeclared = given.remove(ApiResponses.DEFAULT);
        if (undeclared != null && given.keySet().stream().noneMatch(status -> status.startsWith("2"))) {
            boolean empty = undeclared.getContent() == null
                    || undeclared.getContent().values().stream().allMatch(type -> type.getSchema() == null);
            given.addApiResponse(
                    empty ? "204" : "200",
                    new ApiResponse()
                            .description(empty ? "Done." : "The answer.")
                            .content(empty ? null : undeclared.getContent()));
        }
        given.forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                problem(response);
            } else {
                json(response.getContent());
            }
        });
        var ours = new ArrayList<>(List.of("503"));
        if (!open) {
            ours.add("401");
        }
        if (path.contains("{")) {
            ours.add("404");
        }
        if (operation.getRequestBody() != null) {
            ours.addAll(List.of("400", "413", "415"));
        } else if (UNSAFE.contains(method) || hasQuery(operation)) {
            ours.add("400");
        }
        if (UNSAFE.contains(method)) {
            ours.addAll(List.of("403", "409"));
        }
        for (var status : ours) {
            house(given, status);
        }
        var sorted = new ApiResponses();
        new TreeSet<>(given.keySet()).forEach(status -> sorted.addApiResponse(status, given.get(status)));
        operation.setResponses(sorted);
    }

    /** A resource that does not say what it speaks speaks JSON here. */
    private static void json(Content content) {
        var any = content == null ? null : content.remove("*/*");
        if (any != null) {
            content.addMediaType("application/json", any);
        }
    }

    private static boolean hasQuery(Operation operation) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .anyMatch(parameter -> "query".equals(parameter.getIn()));
    }

    /** Ours beside the slice's own of that status. */
    private static void house(ApiResponses given, String status) {
        var own = given.get(status);
        if (own == null) {
            given.addApiResponse(status, new ApiResponse().$ref("#/components/responses/Problem" + status));
        } else if (own.get$ref() == null) {
            own.setDescription(own.getDescription() + "\n\n" + HOUSE.get(status));
            problem(own);
        }
    }

    private static void problem(ApiResponse response) {
        if (response.get$ref() != null) {
            return;
        }
        response.setContent(new Content()
                .addMediaType(
                        PROBLEM_JSON,
                        new MediaType().schema(new Schema<Object>().$ref("#/components/schemas/" + PROBLEM))));
        var codes = new TreeSet<String>();
        var matcher =
                CODE.matcher(Optional.ofNullable(response.getDescription()).orElse(""));
        while (matcher.find()) {
            if (!matcher.group(1).equals("field")) {
                codes.add(matcher.group(1));
            }
        }
        if (!codes.isEmpty()) {
            response.addExtension("x-problem-codes", List.copyOf(codes));
        }
    }

    private static ApiResponse problem(String text, boolean later) {
        var response = new ApiResponse().description(text);
        problem(response);
        if (later) {
            response.addHeaderObject(
                    "Retry-After",
                    new io.swagger.v3.oas.models.headers.Header()
                            .description("Seconds.")
                            .schema(new IntegerSchema()));
        }
        return response;
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("What went wrong, as RFC 9457 has it.")
                .addProperty("type", new StringSchema().format("uri").example("urn:tandem:problem:unknown"))
                .addProperty("status", new IntegerSchema().description("The HTTP status."))
                .addProperty("code", new StringSchema().description("A permanent word, for programs and translation."))
                .addProperty("detail", new StringSchema().description("One English sentence."))
                .addProperty(
                        "field",
                        new StringSchema()
                                .description("Which field of the request: participants[0].name. May be absent."))
                .addProperty(
                        "retryAfter",
                        new IntegerSchema().description("Seconds until it may be tried again. May be absent."))
                .required(List.of("type", "status", "code", "detail"));
    }

    /** Once all resources are in: who may call what, by the schemes that somebody has declared. */
    public static void end(OpenAPI document) {
        var declared = Optional.ofNullable(document.getComponents().getSecuritySchemes())
                .orElse(Map.of())
                .keySet();
        var schemes = new TreeMap<String, List<String>>();
        for (var caller : CALLERS) {
            var names = declared.stream()
                    .filter(name -> name.equals(caller) || name.startsWith(caller + "-"))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                document.getComponents().addSecuritySchemes(caller, undeclared(caller));
            }
            schemes.put(caller, names.isEmpty() ? List.of(caller) : names);
        }
        document.getPaths().values().forEach(item -> item.readOperations().forEach(operation -> {
            var wanted = operation.getSecurity() == null
                    ? CALLERS.stream()
                            .map(caller -> new SecurityRequirement().addList(caller))
                            .toList()
                    : operation.getSecurity();
            var all = new ArrayList<SecurityRequirement>();
            for (var requirement : wanted) {
                var caller = requirement.keySet().stream().findFirst().orElse("");
                if (requirement.size() == 1 && schemes.containsKey(caller)) {
                    schemes.get(caller).forEach(name -> all.add(new SecurityRequirement().addList(name)));
                } else if (!requirement.containsKey(ANYONE)) {
                    all.add(requirement);
                }
            }
            operation.setSecurity(all);
        }));
    }

    private static SecurityScheme undeclared(String caller) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("Authorization")
                .description("Nobody who is installed says how one becomes " + (caller.equals("agent") ? "an " : "a ")
                        + caller + ".");
    }
}
