package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import javax.ws.rs.Consumes;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import javax.ws.rs.ext.MessageBodyReader;
import javax.ws.rs.ext.MessageBodyWriter;
import javax.ws.rs.ext.Provider;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Mappers;
import dev.tandem.web.internal.ProblemJson;
import dev.tandem.web.internal.Problems;

/**
 * JSON in and out. What is wrong with a body is told by field; an answer is written whole before a byte leaves. Any type
 * of body is taken, to be refused here: CXF would log an error for each.
 */
@Provider
@Consumes(MediaType.WILDCARD)
@Produces({MediaType.APPLICATION_JSON, ProblemJson.MEDIA_TYPE})
public final class JsonBody implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
    private final ObjectMapper requests = Mappers.requests();
    private final ObjectMapper house = Mappers.house();

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return isOurs(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return isOurs(type);
    }

    private static boolean isJson(MediaType type) {
        return type.isCompatible(MediaType.APPLICATION_JSON_TYPE) && !type.isWildcardType()
                || type.getSubtype().endsWith("+json");
    }

    private static boolean isOurs(Class<?> type) {
        return type != String.class
                && !MultivaluedMap.class.isAssignableFrom(type)
                && type != byte[].class
                && !InputStream.class.isAssignableFrom(type)
                && !Reader.class.isAssignableFrom(type)
                && !Response.class.isAssignableFrom(type)
                && !StreamingOutput.class.isAssignableFrom(type);
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in) {
        if (!isJson(mediaType)) {
            throw new ProblemException(Problems.status(Response.Status.UNSUPPORTED_MEDIA_TYPE.getStatusCode()));
        }
        Object value;
        try {
            var bytes = in.readAllBytes();
            if (bytes.length == 0) {
                throw new ProblemException(Problems.noBody());
            }
            value = requests.readValue(bytes, requests.constructType(generic));
        } catch (IOException e) {
            throw new ProblemException(Problems.of(e, true));
        }
        if (value == null) {
            throw new ProblemException(Problems.noBody());
        }
        return value;
    }

    @Override
    public void writeTo(
            Object value,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write(house.writeValueAsBytes(value));
    }
}
