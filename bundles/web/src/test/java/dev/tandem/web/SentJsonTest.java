package dev.tandem.web;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

import org.junit.Test;

/** JSON that a resource reads by itself. */
public class SentJsonTest {
    record Said(String word) {}

    private static Said read(String text, int largest) {
        return SentJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Said.class, largest);
    }

    private static String problem(String text, int largest) {
        var problem =
                assertThrows(ProblemException.class, () -> read(text, largest)).problem();
        return problem.status() + " " + problem.code() + " " + problem.field().orElse("-");
    }

    @Test
    public void whatFitsIsReadByTheRulesOfAllBodies() {
        var text = "{\"word\":\"é\"}";
        assertEquals(new Said("é"), read(text, text.getBytes(StandardCharsets.UTF_8).length));
        assertEquals("413 too-large -", problem(text, text.length()));
        assertEquals("400 not-json -", problem("{", 10));
        assertEquals("400 not-json -", problem("", 10));
        assertEquals("400 not-json -", problem("null", 10));
        assertEquals("400 invalid word", problem("{\"word\":1}", 100));
        assertEquals("400 invalid words", problem("{\"word\":\"a\",\"words\":1}", 100));
    }

    @Test
    public void theBoundIsNamed() {
        var large = " ".repeat(3 * 1024 * 1024);
        var problem = assertThrows(ProblemException.class, () -> read(large, 2 * 1024 * 1024))
                .problem();
        assertEquals("This request's body is at most 2 MB.", problem.detail());
    }
}
