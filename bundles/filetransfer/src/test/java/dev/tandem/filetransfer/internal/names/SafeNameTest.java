package dev.tandem.filetransfer.internal.names;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.Test;

public class SafeNameTest {
    @Test
    public void namesOfPeopleStayAsTheyAre() {
        for (var name : List.of(
                "report.pdf",
                "Prüfbericht Nr. 3.docx",
                "レポート.txt",
                ".gitignore",
                "no ending",
                "a.tar.gz",
                "👩‍💻.png",
                "re\u0301sume\u0301.txt",
                "r\u00E9sum\u00E9.txt",
                "CONTRACT.pdf",
                "O'Neill & Söhne (2).xlsx")) {
            assertEquals(name, SafeName.of(name));
        }
    }

    @Test
    public void harmIsTakenOut() {
        Map.ofEntries(
                        Map.entry("../../etc/passwd", "passwd"),
                        Map.entry("..\\..\\boot.ini", "boot.ini"),
                        Map.entry("/etc/shadow", "shadow"),
                        Map.entry("C:\\Windows\\system.ini", "system.ini"),
                        Map.entry("C:evil.exe", "C_evil.exe"),
                        Map.entry("a\0b.txt", "ab.txt"),
                        Map.entry("CON", "_CON"),
                        Map.entry("con.txt", "_con.txt"),
                        Map.entry("Lpt1.log", "_Lpt1.log"),
                        Map.entry("COM¹", "_COM¹"),
                        Map.entry("invoice\u202Efdp.exe", "invoicefdp.exe"),
                        Map.entry("name. . .", "name"),
                        Map.entry("  x.txt  ", "x.txt"),
                        Map.entry("a<b>|?*\".txt", "a_b_____.txt"),
                        Map.entry("file.txt::$DATA", "file.txt__$DATA"),
                        Map.entry("", "file"),
                        Map.entry("...", "file"),
                        Map.entry("/", "file"),
                        Map.entry("\u200B\u202E", "file"))
                .forEach((given, safe) -> assertEquals(given, safe, SafeName.of(given)));
    }

    @Test
    public void longNamesKeepTheirEnding() {
        assertEquals("a".repeat(251) + ".pdf", SafeName.of("a".repeat(300) + ".pdf"));
        var emoji = SafeName.of("🙂".repeat(300) + ".pdf");
        assertTrue(emoji, emoji.endsWith("🙂.pdf"));
        assertTrue(emoji.getBytes(StandardCharsets.UTF_8).length <= 255);
        assertEquals(255, SafeName.of("x." + "y".repeat(300)).length());
    }

    @Test
    public void pathsStayWithinTheirFolder() {
        assertEquals(Optional.of(List.of("a", "b", "c.txt")), SafeName.path("a/b/c.txt"));
        assertEquals(Optional.of(List.of("a", "c.txt")), SafeName.path("/a/../../c.txt"));
        assertEquals(Optional.of(List.of("_nul", "x")), SafeName.path("nul\\x"));
        assertEquals(Optional.empty(), SafeName.path("../.."));
        assertEquals(Optional.empty(), SafeName.path("a/".repeat(100)));
    }

    @Test
    public void whateverIsGivenTheNameIsHarmless() {
        qt().withExamples(500)
                .withShrinkCycles(50)
                .forAll(strings().allPossible().ofLengthBetween(0, 400))
                .checkAssert(given -> {
                    var name = SafeName.of(given);
                    assertFalse(name.isEmpty());
                    assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 255);
                    assertFalse(name.endsWith(".") || name.endsWith(" "));
                    assertTrue(name.codePoints().noneMatch(c -> c < 0x20 || "<>:\"/\\|?*".indexOf(c) >= 0));
                    assertTrue(
                            name.codePoints().noneMatch(c -> c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069));
                    assertEquals("nothing more to take out", name, SafeName.of(name));
                });
    }

    @Test
    public void savedUnderItsNameByEveryProgram() {
        assertEquals(
                "attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf", SafeName.attachment("report.pdf"));
        assertEquals(
                "attachment; filename=\"_ 100_ _x_.txt\"; filename*=UTF-8''%C3%A9%20100%25%20_x_.txt",
                SafeName.attachment("é 100% \"x\".txt"));
    }

    @Test
    public void typeIsTheEnding() {
        assertEquals("pdf", SafeName.type("A.B.PDF"));
        assertEquals("", SafeName.type("README"));
        assertEquals("", SafeName.type(".gitignore"));
    }
}
