package dev.tandem.openapi.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Schema;

/**
 * Schemas of what is sent and answered, as the web bundle's mapper writes it: a record's component is needed unless it is
 * an Optional, and an Optional may be null.
 */
public final class HouseModels extends ModelResolver {
    private static final String REFERENCE = "#/components/schemas/";

    /** @param mapper the web bundle's; it is copied, so that it keeps no class of a slice that has gone */
    public HouseModels(ObjectMapper mapper) {
        super(mapper.copy(), new Names());
    }

    @Override
    public Schema<?> resolve(AnnotatedType annotated, ModelConverterContext context, Iterator<ModelConverter> next) {
        var schema = super.resolve(annotated, context, next);
        var type = _mapper.constructType(annotated.getType());
        if (schema != null && type.getRawClass().isRecord()) {
            var model = model(schema, context);
            if (model.getProperties() != null) {
                record(type, model);
            }
        }
        return schema;
    }

    private static Schema<?> model(Schema<?> schema, ModelConverterContext context) {
        var reference = schema.get$ref();
        if (reference == null || !reference.startsWith(REFERENCE)) {
            return schema;
        }
        var defined = context.getDefinedModels().get(reference.substring(REFERENCE.length()));
        return defined == null ? schema : defined;
    }

    @SuppressWarnings("rawtypes") // as swagger-core has it
    private void record(JavaType type, Schema<?> model) {
        var needed = new ArrayList<String>();
        for (var property : _mapper.getSerializationConfig().introspect(type).findProperties()) {
            var name = property.getName();
            Schema given = model.getProperties().get(name);
            if (given == null) {
                continue;
            }
            if (property.getPrimaryType().isReferenceType()) {
                model.getProperties().put(name, nullable(given));
            } else {
                needed.add(name);
            }
        }
        model.setRequired(needed.isEmpty() ? null : needed);
    }

    /** Beside a reference OpenAPI 3.0 reads nothing else. */
    private static Schema<?> nullable(Schema<?> given) {
        if (given.get$ref() == null) {
            given.setNullable(true);
            return given;
        }
        return new Schema<Object>().nullable(true).allOf(List.of(given));
    }
}
