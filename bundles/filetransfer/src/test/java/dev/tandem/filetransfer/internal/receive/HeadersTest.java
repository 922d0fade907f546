package dev.tandem.filetransfer.internal.receive;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.Test;
import org.junit.function.ThrowingRunnable;

import dev.tandem.filetransfer.internal.receive.Headers.Concat;
import dev.tandem.web.ProblemException;

public class HeadersTest {
    private static Headers of(String name, String... values) {
        var all = new HashMap<String, List<String>>();
        all.put(name, List.of(values));
        return new Headers(asked -> all.getOrDefault(asked, List.of()));
    }

    private static void refused(String field, ThrowingRunnable asked) {
        var problem = assertThrows(field, ProblemException.class, asked).problem();
        assertEquals(400, problem.status());
        assertEquals(Optional.of(field), problem.field());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void numbersAreBytes() {
        assertEquals(0, of(Headers.OFFSET, "0").offset());
        assertEquals(1_073_741_824, of(Headers.OFFSET, " 1073741824 ").offset());
        assertEquals(Optional.of(7L), of(Headers.LENGTH, "7").length());
        assertEquals(Optional.empty(), of("Other", "7").length());
        assertEquals(
                Optional.of(999_999_999_999_999_999L),
                of(Headers.LENGTH, "9".repeat(18)).length());
    }

    @Test
    public void liesAboutNumbersAreRefused() {
        for (var lie : List.of(
                "-1",
                "+1",
                "",
                "1e3",
                "0x10",
                "1.0",
                "9".repeat(19),
                "9223372036854775807",
                "9223372036854775808",
                "9".repeat(4000),
                "1 2",
                "1,2",
                "NaN",
                "١٢")) {
            refused(Headers.OFFSET, () -> of(Headers.OFFSET, lie).offset());
            refused(Headers.LENGTH, () -> of(Headers.LENGTH, lie).length());
        }
        refused(Headers.OFFSET, () -> of("Other", "1").offset());
        refused(Headers.OFFSET, () -> of(Headers.OFFSET, "1", "2").offset());
        refused(Headers.OFFSET, () -> of(Headers.OFFSET, "1", "1").offset());
        refused(Headers.LENGTH, () -> of(Headers.LENGTH, "1", "2").length());
    }

    @Test
    public void aLengthIsDeferredByOneOnly() {
        assertTrue(of(Headers.DEFER, "1").deferred());
        assertFalse(of("Other", "1").deferred());
        for (var lie : List.of("0", "2", "true", "", "11")) {
            refused(Headers.DEFER, () -> of(Headers.DEFER, lie).deferred());
        }
    }

    @Test
    public void metadataAreRead() {
        var said = "filename " + base64("Übersicht 2026.pdf") + ",filetype " + base64("application/pdf") + ", session "
                + base64("0d1c") + ",empty,blank ";
        assertEquals(
                Map.of(
                        "filename", "Übersicht 2026.pdf",
                        "filetype", "application/pdf",
                        "session", "0d1c",
                        "empty", "",
                        "blank", ""),
                of(Headers.METADATA, said).metadata());
        assertEquals(Map.of(), of("Other", "x").metadata());
        assertEquals(Map.of(), of(Headers.METADATA, "").metadata());
        assertEquals("filename YS50eHQ=", Headers.pair("filename", "a.txt"));
    }

    @Test
    public void liesInMetadataAreRefused() {
        var invalidUtf8 = Base64.getEncoder().encodeToString(new byte[] {(byte) 0xC3, 0x28});
        for (var lie : List.of(
                "filename !!!",
                "filename YQ==YQ==",
                "filename " + invalidUtf8,
                "filename YQ==,filename Yg==",
                "filename,filename",
                ",",
                "filename YQ==,",
                "na\u0000me YQ==",
                "näme YQ==",
                "k".repeat(65) + " YQ==",
                "filename YQ== YQ==")) {
            refused(Headers.METADATA, () -> of(Headers.METADATA, lie).metadata());
        }
        refused(Headers.METADATA, () -> of(Headers.METADATA, "a YQ==", "b YQ==").metadata());
    }

    @Test
    public void checksumsAreRead() {
        var sha1 = of(Headers.CHECKSUM, "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
                .checksum()
                .orElseThrow();
        assertTrue(fits(sha1, "hello world"));
        assertFalse(fits(sha1, "hello worlD"));
        var sha256 = of(Headers.CHECKSUM, "sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=")
                .checksum()
                .orElseThrow();
        assertTrue(fits(sha256, "hello world"));
        assertFalse(fits(sha256, ""));
        var crc32 = of(Headers.CHECKSUM, "crc32 DUoRhQ==").checksum().orElseThrow();
        assertTrue(fits(crc32, "hello world"));
        assertFalse(fits(crc32, "hello"));
        assertEquals(Optional.empty(), of("Other", "x").checksum());
        assertEquals("sha1,sha256,crc32", Checksum.Algorithm.all());
    }

    private static boolean fits(Checksum checksum, String text) {
        var sum = checksum.begin();
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        sum.add(bytes, 0, bytes.length);
        return sum.fits();
    }

    @Test
    public void liesAboutChecksumsAreRefused() {
        for (var lie : List.of(
                "md5 XrY7u+Ae7tCTyyK7j1rNww==",
                "SHA1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
                "sha1",
                "sha1 ",
                "sha1 !!!",
                "sha1 YQ==",
                "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
                "crc32 DUoRhQE=",
                "Kq5sNclPz7QV2+lfQIuc6R7oRu0=")) {
            refused(Headers.CHECKSUM, () -> of(Headers.CHECKSUM, lie).checksum());
        }
    }

    @Test
    public void partsAreNamedByTheirUrls() {
        assertEquals(new Concat.None(), of("Other", "x").concat());
        assertEquals(new Concat.Partial(), of(Headers.CONCAT, "partial").concat());
        var said = "final;/api/files/aa https://desk.example/api/files/bb cc";
        assertEquals(
                new Concat.Final(List.of("aa", "bb", "cc"), said),
                of(Headers.CONCAT, said).concat());
        for (var lie : List.of(
                "",
                "final",
                "final;",
                "final; ",
                "Partial",
                "final;/api/files/",
                "whole",
                "final;" + "a ".repeat(65))) {
            refused(Headers.CONCAT, () -> of(Headers.CONCAT, lie).concat());
        }
    }

    @Test
    public void theVersionAndTheTypeAreOurs() {
        assertTrue(of("Tus-Resumable", "1.0.0").speaksOurs());
        for (var other : List.of("1.0.1", "0.2.2", "", "1.0")) {
            assertFalse(of("Tus-Resumable", other).speaksOurs());
        }
        assertFalse(of("Other", "x").speaksOurs());
        assertTrue(of("Content-Type", "application/offset+octet-stream").bytes());
        assertTrue(of("Content-Type", "Application/Offset+Octet-Stream; charset=utf-8")
                .bytes());
        assertFalse(of("Content-Type", "application/octet-stream").bytes());
        assertFalse(of("Other", "x").bytes());
    }
}
