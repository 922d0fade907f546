package dev.tandem.openapi.rest;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.ws.rs.Consumes;
import javax.ws.rs.CookieParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.openapi.internal.Finisher;
import dev.tandem.openapi.internal.HouseModels;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.jaxrs2.DefaultParameterExtension;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.jaxrs2.ResolvedParameter;
import io.swagger.v3.jaxrs2.ext.AbstractOpenAPIExtension;
import io.swagger.v3.jaxrs2.ext.OpenAPIExtension;
import io.swagger.v3.jaxrs2.ext.OpenAPIExtensions;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.tags.Tag;

/** Makes one document of all resources. swagger-core keeps its converters in statics, so one reads at a time. */
final class ResourceReader {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceReader.class);
    private static final String ABOUT =
            "What this node serves at this moment: a path comes with the bundle that brings it and"
                    + " goes with it. Bodies are JSON, times ISO 8601 instants, ids UUIDs. Errors are `application/problem+json`"
                    + " (RFC 9457); programs read `code`.";

    private final ObjectMapper mapper;
    private final String version;

    ResourceReader(ObjectMapper mapper, String version) {
        this.mapper = mapper;
        this.version = version;
    }

    OpenAPI read(SortedMap<String, Class<?>> resources) {
        var document = new OpenAPI()
                .info(new Info()
                        .title("Tandem")
                        .version(version)
                        .description(ABOUT)
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .paths(new Paths());
        Finisher.begin(document);
        synchronized (ResourceReader.class) {
            var thread = Thread.currentThread();
            var before = thread.getContextClassLoader();
            var models = new HouseModels(mapper);
            // swagger-core looks for extensions by the thread's class loader.
            thread.setContextClassLoader(Reader.class.getClassLoader());
            ModelConverters.getInstance().addConverter(models);
            try {
                resources.forEach((path, type) -> one(path, type, document));
            } finally {
                ModelConverters.getInstance().removeConverter(models);
                thread.setContextClassLoader(before);
            }
        }
        Finisher.end(document);
        return document;
    }

    /** A resource that cannot be read costs the others nothing. */
    private static void one(String path, Class<?> type, OpenAPI document) {
        try {
            var answers = new Answers();
            OpenAPIExtensions.setExtensions(List.of(new Parameters(), answers, new DefaultParameterExtension()));
            var read = new Reader(new OpenAPI())
                    .read(
                            type,
                            path,
                            null,
                            false,
                            null,
                            null,
                            new LinkedHashSet<>(),
                            new ArrayList<>(),
                            new HashSet<>());
            Finisher.resource(path, read);
            merge(read, document);
            answers.schemas.forEach(document.getComponents()::addSchemas);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} at /api{} is left out of the OpenAPI document", type.getName(), path, e);
        }
    }

    private static void merge(OpenAPI from, OpenAPI into) {
        if (from.getPaths() != null) {
            new TreeMap<>(from.getPaths()).forEach(into.getPaths()::addPathItem);
        }
        var components = Optional.ofNullable(from.getComponents()).orElseGet(Components::new);
        if (components.getSchemas() != null) {
            components.getSchemas().forEach(into.getComponents()::addSchemas);
        }
        if (components.getSecuritySchemes() != null) {
            components.getSecuritySchemes().forEach(into.getComponents()::addSecuritySchemes);
        }
        for (var tag : Optional.ofNullable(from.getTags()).orElse(List.of())) {
            boolean known = Optional.ofNullable(into.getTags()).orElse(List.of()).stream()
                    .map(Tag::getName)
                    .anyMatch(tag.getName()::equals);
            if (!known) {
                into.addTagsItem(tag);
            }
        }
    }

    /** A method that names its problems only answers what it returns: swagger-core forgets that then. */
    private static final class Answers extends AbstractOpenAPIExtension {
        @SuppressWarnings("rawtypes") // as swagger-core has it
        private final Map<String, Schema> schemas = new TreeMap<>();

        @Override
        public void decorateOperation(Operation operation, Method method, Iterator<OpenAPIExtension> chain) {
            var responses = operation.getResponses();
            boolean declared = responses == null
                    || responses.keySet().stream()
                            .anyMatch(status -> status.startsWith("2") || status.equals("default"));
            var type = method.getGenericReturnType();
            if (!declared && type == void.class) {
                responses.addApiResponse("204", new ApiResponse().description("Done."));
            } else if (!declared && type != Response.class) {
                var resolved = ModelConverters.getInstance()
                        .readAllAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
                schemas.putAll(resolved.referencedSchemas);
                responses.addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("The answer.")
                                .content(new Content()
                                        .addMediaType(
                                                MediaType.APPLICATION_JSON,
                                                new io.swagger.v3.oas.models.media.MediaType()
                                                        .schema(resolved.schema))));
            }
            super.decorateOperation(operation, method, chain);
        }
    }

    /** What the server gives a method is no part of a request; cookies are the sign-in's. */
    private static final class Parameters extends AbstractOpenAPIExtension {
        @Override
        public ResolvedParameter extractParameters(
                List<Annotation> annotations,
                Type type,
                Set<Type> typesToSkip,
                Components components,
                Consumes classConsumes,
                Consumes methodConsumes,
                boolean includeRequestBody,
                JsonView view,
                Iterator<OpenAPIExtension> chain) {
            if (annotations.stream().anyMatch(one -> one instanceof Context || one instanceof CookieParam)) {
                return new ResolvedParameter();
            }
            return super.extractParameters(
                    annotations,
                    type,
                    typesToSkip,
                    components,
                    classConsumes,
                    methodConsumes,
                    includeRequestBody,
                    view,
                    chain);
        }
    }
}
