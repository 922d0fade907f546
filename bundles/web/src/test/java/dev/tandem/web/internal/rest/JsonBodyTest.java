package dev.tandem.web.internal.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedHashMap;

import org.junit.Test;

import dev.tandem.platform.SiteId;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.ProblemJson;
import dev.tandem.web.internal.Problems;

public class JsonBodyTest {
    enum Colour {
        RED,
        GREEN
    }

    record Person(String name, Optional<String> nick) {}

    record Body(
            String text,
            long number,
            boolean flag,
            Colour colour,
            UUID id,
            Instant at,
            SiteId site,
            List<Person> people,
            Optional<Integer> maybe) {}

    private static final String GOOD =
            """
            {"text":"hi","number":7,"flag":true,"colour":"RED","id":"00000000-0000-7000-8000-000000000001",
             "at":"2026-11-21T12:00:00Z","site":"acme","people":[{"name":"Anna","nick":null}],"maybe":3}
            """;

    private final JsonBody json = new JsonBody();

    private Object read(String text) {
        return read(text, MediaType.APPLICATION_JSON_TYPE);
    }

    private Object read(String text, MediaType type) {
        return json.readFrom(
                raw(Body.class),
                Body.class,
                new Annotation[0],
                type,
                new MultivaluedHashMap<>(),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> raw(Class<?> type) {
        return (Class<Object>) type;
    }

    private Problem refused(String text) {
        var problem = assertThrows(ProblemException.class, () -> read(text)).problem();
        assertEquals(400, problem.status());
        return problem;
    }

    private void refused(String field, String detail, String from, String to) {
        assertTrue(from, GOOD.contains(from));
        var problem = refused(GOOD.replace(from, to));
        assertEquals("invalid", problem.code());
        assertEquals(Optional.of(field), problem.field());
        assertEquals(detail, problem.detail());
    }

    @Test
    public void aGoodBodyIsRead() {
        var body = (Body) read(GOOD);
        assertEquals(new SiteId("acme"), body.site());
        assertEquals(Optional.empty(), body.people().get(0).nick());
        assertEquals(Optional.of(3), body.maybe());
        assertEquals(Optional.empty(), ((Body) read(GOOD.replace(",\"maybe\":3", ""))).maybe());
    }

    @Test
    public void whatIsWrongIsNamedByItsField() {
        refused("colour", "This must be one of RED, GREEN.", "\"RED\"", "\"BLUE\"");
        refused("colour", "This must be one of RED, GREEN.", "\"RED\"", "0");
        refused("number", "This must be a number.", "7", "\"7\"");
        refused("number", "This must be a number.", "7,", "7.5,");
        refused("number", "This must be a number.", "7,", "null,");
        refused("number", "This number is out of range.", "7,", "99999999999999999999,");
        refused("flag", "This must be true or false.", "true", "\"true\"");
        refused("flag", "This must be true or false.", "true", "1");
        refused("text", "This must be a text.", "\"hi\"", "5");
        refused("text", "This must be a text.", "\"hi\"", "{}");
        refused("text", "This is needed.", "\"hi\"", "null");
        refused("id", "This must be a UUID.", "00000000-0000-7000", "nonsense");
        refused("at", "This must be a time as ISO 8601 has it.", "2026-11-21T12:00:00Z", "yesterday");
        refused("site", "This is not a value that can stand here.", "\"acme\"", "\"A C\"");
        refused("people", "This must be a list.", "[{\"name\":\"Anna\",\"nick\":null}]", "{}");
        refused("people[0].name", "This must be a text.", "\"Anna\"", "[]");
        refused("people[0].name", "This is needed.", "\"name\":\"Anna\",", "");
        refused("people[0].age", "There is no such field.", "\"nick\":null", "\"age\":5");
        refused("extra", "There is no such field.", "\"maybe\":3", "\"extra\":3");
    }

    @Test
    public void whatIsNotJsonIsSaidSo() {
        for (var text : List.of("{", "nonsense", GOOD + "x", GOOD.replace("\"maybe\"", "\"text\""), "\u0000")) {
            var problem = refused(text);
            assertEquals(text, "not-json", problem.code());
            assertTrue(problem.detail(), problem.detail().startsWith("The body is not JSON (line "));
            assertFalse("nothing of ours leaks", problem.detail().contains("Source"));
        }
        assertEquals("A JSON body is needed.", refused("").detail());
        assertEquals("A JSON body is needed.", refused("null").detail());
        assertEquals("invalid", refused("[]").code());
        assertEquals("invalid", refused(GOOD + GOOD).code());
    }

    @Test
    public void aBodyOfAnotherTypeIsRefused() {
        assertEquals("hi", ((Body) read(GOOD, MediaType.valueOf("application/json;charset=utf-8"))).text());
        assertEquals("hi", ((Body) read(GOOD, MediaType.valueOf("application/merge-patch+json"))).text());
        for (var type : List.of("text/plain", "application/octet-stream", "*/*", "application/x-www-form-urlencoded")) {
            var problem = assertThrows(ProblemException.class, () -> read(GOOD, MediaType.valueOf(type)))
                    .problem();
            assertEquals(type, 415, problem.status());
        }
    }

    @Test
    public void deepNestingIsRefused() {
        refused(GOOD.replace("\"hi\"", "[".repeat(5000) + "]".repeat(5000)));
    }

    private String write(Object value) throws IOException {
        var out = new ByteArrayOutputStream();
        json.writeTo(
                value,
                value.getClass(),
                value.getClass(),
                new Annotation[0],
                MediaType.APPLICATION_JSON_TYPE,
                new MultivaluedHashMap<>(),
                out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    public void answersSayNullForWhatIsAbsent() throws IOException {
        assertEquals("{\"name\":\"Anna\",\"nick\":null}", write(new Person("Anna", Optional.empty())));
        record Times(Instant at, SiteId site) {}
        assertEquals(
                "{\"at\":\"2026-11-21T12:00:00Z\",\"site\":\"acme\"}",
                write(new Times(Instant.parse("2026-11-21T12:00:00Z"), new SiteId("acme"))));
    }

    @Test
    public void aProblemIsWrittenAsItsStandardHasIt() throws IOException {
        assertEquals(
                "{\"type\":\"urn:tandem:problem:too-many-attempts\",\"status\":429,\"code\":\"too-many-attempts\","
                        + "\"detail\":\"Wait.\",\"retryAfter\":60}",
                write(ProblemJson.of(
                        new Problem(429, "too-many-attempts", "Wait.", Optional.empty(), Optional.of(60L)))));
    }

    @Test
    public void aFailureOfOursLeaksNothing() {
        var problem = Problems.of(new IllegalStateException("password is 123"), false);
        assertEquals(500, problem.status());
        assertEquals("internal", problem.code());
        assertFalse(problem.detail().contains("123"));
        var wrapped = Problems.of(new RuntimeException(new ProblemException(Problem.unknown())), false);
        assertEquals(Problem.unknown(), wrapped);
    }
}
