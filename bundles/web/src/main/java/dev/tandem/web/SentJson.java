package dev.tandem.web;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.web.internal.Mappers;
import dev.tandem.web.internal.Problems;

/** JSON that a resource reads by itself: one that {@linkplain RestPath#rest_streams() streams}, and knows who sends it by then. */
public final class SentJson {
    private static final ObjectMapper JSON = Mappers.requests();

    private SentJson() {}

    /**
     * What was sent, by the rules of all bodies.
     *
     * @param largest bytes; no more than one beyond is read
     * @throws ProblemException 400 {@code not-json} or {@code invalid} with the field; 413 {@code too-large} with the bound
     */
    public static <T> T read(InputStream body, Class<T> type, int largest) {
        try {
            var bytes = body.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw new ProblemException(Problems.tooLarge(largest));
            }
            if (bytes.length == 0) {
                throw new ProblemException(Problems.noBody());
            }
            T value = JSON.readValue(bytes, type);
            if (value == null) {
                throw new ProblemException(Problems.noBody());
            }
            return value;
        } catch (IOException e) {
            throw new ProblemException(Problems.of(e, true));
        }
    }
}
