package dev.tandem.chat.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.junit.Test;

public class TextsTest {
    @Test
    public void plainTextOfAnyScriptIsFine() {
        for (var text : List.of(
                "a",
                "line\nline\ttab",
                "😀👩‍👩‍👧‍👦",
                "مرحبا بالعالم",
                "שלום \u202eabc\u202c",
                "<script>alert(1)</script>",
                "'; DROP TABLE chat_message; --",
                "\ufeffx")) {
            assertEquals(text, Optional.empty(), Texts.fault(text));
        }
    }

    @Test
    public void theLimitCountsCodePoints() {
        assertEquals(Optional.empty(), Texts.fault("x".repeat(4000)));
        assertEquals(Optional.empty(), Texts.fault("😀".repeat(4000)));
        assertFault("longer than 4000", "x".repeat(4001));
        assertFault("longer than 4000", "😀".repeat(4001));
        assertFault("longer than 4000", "x".repeat(64 * 1024));
        assertFault("longer than 4000", "x".repeat(8_000_000));
    }

    @Test
    public void whatCannotBeShownIsNamed() {
        assertFault("empty", "");
        assertFault("empty", " \n\t ");
        assertFault("the control character U+0007 as character 3", "ab\u0007");
        assertFault("the control character U+0000 as character 1", "\u0000");
        assertFault("the control character U+000D as character 2", "a\r\n");
        assertFault("the control character U+009B as character 2", "😀\u009b");
        assertFault("half a surrogate pair U+D83D as character 2", "a\ud83d");
        assertFault("half a surrogate pair U+DE00 as character 1", "\ude00\ud83d");
    }

    @Test
    public void whatIsAcceptedComesBackFromUtf8AsItWas() {
        qt().forAll(lists().of(integers().between(0, Character.MAX_VALUE)).ofSizeBetween(1, 8))
                .check(chars -> {
                    var text = text(chars);
                    var back = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
                    var shown = text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
                    return Texts.fault(text).isPresent() || back.equals(text) && shown;
                });
    }

    @Test
    public void everyOtherCharacterIsAccepted() {
        qt().forAll(lists().of(integers().between('a', Character.MAX_CODE_POINT))
                        .ofSizeBetween(1, 8))
                .check(points -> {
                    var text = new StringBuilder("a");
                    points.stream()
                            .filter(p -> !Character.isISOControl(p) && Character.getType(p) != Character.SURROGATE)
                            .forEach(text::appendCodePoint);
                    return Texts.fault(text.toString()).isEmpty();
                });
    }

    private static String text(List<Integer> chars) {
        var text = new StringBuilder();
        chars.forEach(c -> text.append((char) c.intValue()));
        return text.toString();
    }

    private static void assertFault(String part, String text) {
        var fault = Texts.fault(text);
        assertTrue(fault.toString(), fault.filter(f -> f.contains(part)).isPresent());
    }
}
