package dev.tandem.filetransfer.internal.verify;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.Test;

public class TypesTest {
    private static final Types TYPES = new Types();

    /** What the chat of customer requests takes (row G23). */
    private static final TypeList CHAT = TYPES.list(
            ".jpeg .png .gif .bmp .tiff .pdf .doc .docx .odt .xls .xlsx .ppt .pptx .pps .ppsx .log .cfg .rar .zip .txt");

    private static Map<String, byte[]> genuine() {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("a.jpeg", Samples.picture("jpeg"));
        files.put("a.jpg", Samples.picture("jpeg"));
        files.put("A.PNG", Samples.picture("png"));
        files.put("a.gif", Samples.picture("gif"));
        files.put("a.bmp", Samples.picture("bmp"));
        files.put("a.tiff", Samples.picture("tiff"));
        files.put("a.tif", Samples.picture("tiff"));
        files.put("a.pdf", Samples.pdf());
        files.put("a.doc", Samples.ole("\5SummaryInformation", "1Table", "WordDocument"));
        files.put("a.docx", Samples.docx());
        files.put("a.odt", Samples.declared(Samples.ODT, "content.xml", "META-INF/manifest.xml"));
        files.put("a.xls", Samples.ole("\5SummaryInformation", "Workbook"));
        files.put("a.xlsx", Samples.office("xl/workbook.xml"));
        files.put("a.ppt", Samples.ole("Current User", "Pictures", "\5SummaryInformation", "x", "PowerPoint Document"));
        files.put("a.pps", Samples.ole("PowerPoint Document"));
        files.put("a.pptx", Samples.office("ppt/presentation.xml"));
        files.put("a.ppsx", Samples.office("ppt/presentation.xml"));
        files.put("a.log", Samples.bytes("12:00 \u001b[31mbroken\u001b[0m\r\n"));
        files.put("a.cfg", Samples.bytes("name = caf\u00e9 de la gare\n"));
        files.put("a.rar", Samples.rar());
        files.put("a.zip", Samples.zip("one.txt", "two/three.exe"));
        files.put("a.txt", "Grüße 👋 from the café\n".getBytes(StandardCharsets.UTF_8));
        return files;
    }

    @Test
    public void G23_eachOfTheTypesPassesUnderItsOwnNameAndNoneUnderAnothers() throws IOException {
        var files = genuine();
        for (var file : files.entrySet()) {
            assertTrue(file.getKey(), CHAT.admits(file.getKey()));
            assertTrue(file.getKey(), passes(CHAT, file.getKey(), file.getValue()));
            for (var other : files.keySet()) {
                var same = Arrays.equals(files.get(other), file.getValue())
                        || bothAre(file.getKey(), other, ".log", ".cfg", ".txt")
                        || bothAre(file.getKey(), other, ".ppt", ".pps")
                        || bothAre(file.getKey(), other, ".pptx", ".ppsx");
                // Every document that is a zip is a zip.
                var zip = other.endsWith(".zip")
                        && (file.getKey().endsWith("x") || file.getKey().endsWith(".odt"));
                assertEquals(other + " with " + file.getKey(), same || zip, passes(CHAT, other, file.getValue()));
            }
        }
    }

    private static boolean bothAre(String one, String other, String... endings) {
        return Arrays.stream(endings).anyMatch(one::endsWith)
                && Arrays.stream(endings).anyMatch(other::endsWith);
    }

    @Test
    public void G23_whatIsNotInTheListIsRefusedByNameBeforeAByte() {
        for (var name : new String[] {
            "a.exe",
            "a.pdf.exe",
            "a.docm",
            "a.svg",
            "a.html",
            "a.js",
            "a.bat",
            "a.jar",
            "a.msi",
            "a.scr",
            "a",
            "a.",
            ".pdf ",
            "a.pdf\u0000.exe",
            "a.jpg#.exe",
            "a.exe?.js",
            "a.exe/",
            "x/a.lnk",
            "photo\u202Egnp.exe",
            "README",
            "a.txt:x.exe"
        }) {
            assertEquals(name, name.equals(".pdf "), CHAT.admits(name));
        }
        assertTrue(CHAT.admits("folder.exe/a.PDF"));
    }

    @Test
    public void aProgramIsRefusedWhateverItIsCalled() throws IOException {
        var elf = ByteBuffer.allocate(200)
                .put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0})
                .put(16, (byte) 2)
                .array();
        var installer = new byte[] {(byte) 0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, (byte) 0xC0, 0, 0, 0, 0, 0, 0, 0x46};
        var programs = Map.of(
                "exe", Samples.program(),
                "elf", elf,
                "msi", Samples.ole(installer, "WordDocument"),
                "class",
                        Samples.join(
                                new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61},
                                new byte[99]),
                // With a zip, a PDF or a tar behind its first bytes, which programs that look from behind would take
                // for one.
                "self-extracting", Samples.join(Samples.program(), Samples.docx()),
                "two-faced", Samples.join(Samples.program(), Samples.pdf()),
                "tar",
                        ByteBuffer.wrap(Samples.program())
                                .put(257, Samples.bytes("ustar\u000000"))
                                .array());
        for (var program : programs.entrySet()) {
            for (var name : genuine().keySet()) {
                assertFalse(program.getKey() + " as " + name, passes(CHAT, name, program.getValue()));
            }
            assertFalse(program.getKey(), passes(TYPES.list("*/*"), "a.png", program.getValue()));
            assertFalse(program.getKey(), passes(TYPES.list(".xyz image/*"), "a.xyz", program.getValue()));
            assertFalse(program.getKey(), passes(TYPES.list("image/*"), "nameless", program.getValue()));
        }
        assertEquals(
                "application/x-msdownload",
                TYPES.detect("a.txt", Samples.content(Samples.program())).type());
        assertEquals(
                "application/x-ms-installer",
                TYPES.detect("a.doc", Samples.content(programs.get("msi"))).type());
        // Who wants programs says so.
        assertTrue(passes(TYPES.list(".exe"), "setup.exe", Samples.program()));
    }

    @Test
    public void aZipIsADocumentOnlyIfTheNamesInItSaySo() throws IOException {
        assertEquals("application/zip", type("a.docx", Samples.zip("one.txt")));
        assertEquals("application/zip", type("a.docx", Samples.zip("word/document.xml")));
        assertEquals("application/x-tika-ooxml", type("a.docx", Samples.office("one.txt")));
        assertFalse(passes(CHAT, "a.docx", Samples.office("word/document.xml", "word/vbaProject.bin")));
        assertTrue(passes(TYPES.list(".docm"), "a.docm", Samples.office("word/document.xml", "word/vbaProject.bin")));
        assertFalse(passes(TYPES.list(".docm"), "a.docm", Samples.docx()));
        assertFalse(passes(CHAT, "a.xlsx", Samples.office("xl/workbook.xml", "xl/macrosheets/sheet1.xml")));
        assertTrue(passes(CHAT, "numbered.docx", Samples.office("word/document2.xml")));
        assertFalse(passes(CHAT, "a.odt", Samples.declared(Samples.ODT, "content.xml")));
        assertFalse(
                passes(CHAT, "a.odt", Samples.declared("application/x-evil", "content.xml", "META-INF/manifest.xml")));
        assertFalse(passes(TYPES.list(".ods"), "a.ods", genuine().get("a.odt")));
        assertEquals("application/java-archive", type("a.docx", Samples.zip("META-INF/MANIFEST.MF", "A.class")));
        assertTrue(passes(TYPES.list(".jar"), "a.jar", Samples.zip("META-INF/MANIFEST.MF")));
        assertFalse(passes(TYPES.list(".jar"), "a.jar", Samples.zip("one.txt")));
        // Protected by a password: nobody can see what it is.
        assertFalse(passes(CHAT, "a.docx", Samples.ole("EncryptedPackage", "EncryptionInfo")));
        assertFalse(passes(CHAT, "a.doc", Samples.ole("Contents")));
    }

    @Test
    public void aZipWithoutItsEndOrWithLiesInItIsNone() throws IOException {
        var docx = Samples.docx();
        for (var cut = 0; cut < docx.length; cut++) {
            assertFalse("cut at " + cut, passes(CHAT, "a.docx", Arrays.copyOf(docx, cut)));
        }
        var random = new Random(7);
        var doc = Samples.ole("\5SummaryInformation", "1Table", "WordDocument", "Data", "x", "y");
        for (var i = 0; i < 2_000; i++) {
            for (var file : new byte[][] {docx.clone(), doc.clone()}) {
                for (var j = 0; j < 4; j++) {
                    file[8 + random.nextInt(file.length - 8)] = (byte) random.nextInt();
                }
                TYPES.detect("a.docx", Samples.content(file));
            }
        }
    }

    @Test
    public void aDirectoryOfACompoundFileThatGoesRoundInCirclesEnds() throws IOException {
        var streams = IntStream.range(0, 60).mapToObj(i -> "s" + i).toArray(String[]::new);
        var circle = ByteBuffer.wrap(Samples.ole(streams)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        // The last stream's neighbour is the first one; the table of the directory leads back to itself.
        circle.putInt(1024 + 128 * 60 + 72, 1);
        assertEquals(Containers.OLE, type("a.doc", circle.array()));
        circle.putInt(512 + 4, 1).putInt(1024 + 128 * 3 + 72, 1 << 29);
        assertEquals(Types.UNKNOWN, type("a.doc", circle.array()));
    }

    /** A file of 2.5 KB, of which somebody wants us to think for minutes. */
    @Test(timeout = 60_000)
    public void aTableOfACompoundFileThatLeadsBackToItselfEnds() throws IOException {
        int sector = 512;
        int far = Integer.MAX_VALUE;
        var file = ByteBuffer.allocate(5 * sector).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        file.put(0, Samples.ole("x"));
        // The root's child is far away in the directory, whose next sector is far away too, and so on.
        file.putInt(2 * sector + 76, 1 << 29).putInt(sector + 4, far).putInt(68, 3);
        for (int i = 0; i < sector / 4; i++) {
            file.putInt(3 * sector + 4 * i, far).putInt(4 * sector + 4 * i, 2);
        }
        file.putInt(5 * sector - 4, 3);
        for (int i = 0; i < 10; i++) {
            assertEquals(Types.UNKNOWN, type("a.doc", file.array()));
        }
    }

    @Test
    public void G23_aTextIsTextToItsLastByte() throws IOException {
        var utf16 =
                Samples.join(new byte[] {(byte) 0xFF, (byte) 0xFE}, "Übung 👋\r\n".getBytes(StandardCharsets.UTF_16LE));
        assertTrue(passes(CHAT, "a.txt", utf16));
        assertTrue(passes(CHAT, "a.txt", "\uFEFFÜbung".getBytes(StandardCharsets.UTF_16BE)));
        assertTrue(passes(CHAT, "a.txt", "\uFEFFÜbung".getBytes(StandardCharsets.UTF_8)));
        assertTrue(passes(CHAT, "a.txt", "Привет, мир".getBytes("windows-1251")));
        assertTrue(passes(CHAT, "a.txt", new byte[0]));
        assertTrue(passes(CHAT, "a.txt", Samples.bytes("from DOS\r\n\u001A")));
        assertTrue(passes(CHAT, "a.txt", Samples.bytes("MZ is how this text begins")));
        assertTrue(passes(CHAT, "a.log", Samples.bytes("#!/bin/sh\necho\n")));
        assertFalse(passes(CHAT, "a.txt", Samples.bytes("text\0text")));
        assertFalse(passes(CHAT, "a.txt", Samples.bytes("text\u001A\u0001")));
        assertFalse(passes(CHAT, "a.txt", Arrays.copyOf(utf16, utf16.length - 1)));
        assertFalse(
                "a lone surrogate",
                passes(CHAT, "a.txt", Samples.join(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xD8, 1})));
        assertFalse("only high bytes", passes(CHAT, "a.txt", Samples.bytes("\u00ff".repeat(64))));
        var late = Samples.bytes("a line\n".repeat(50_000));
        assertTrue(passes(CHAT, "a.txt", late));
        late[late.length - 1] = 0;
        assertFalse(passes(CHAT, "a.txt", late));
    }

    @Test
    public void utf8IsJudgedAsTheJdkDoes() {
        var random = new Random(3);
        for (var i = 0; i < 50_000; i++) {
            // Few ASCII characters, so that it is no code page either.
            var bytes = new byte[1 + random.nextInt(5)];
            for (var j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (0x80 + random.nextInt(0x80));
            }
            if (bytes.length > 1 && (bytes[0] & bytes[1]) == (byte) 0xFE) {
                continue;
            }
            var check = new TextCheck();
            check.update(ByteBuffer.wrap(bytes));
            assertEquals(Arrays.toString(bytes), decodes(bytes), check.isText());
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }

    @Test
    public void aBombIsReadOnceAndNeverUnpacked() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("bomb"));
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 60; i++) {
                zip.write(zeros);
            }
        }
        var bomb = out.toByteArray();
        var read = new AtomicLong();
        assertEquals(
                "application/zip", TYPES.detect("a.zip", counted(bomb, read)).type());
        assertTrue("read " + read + " of " + bomb.length, read.get() < 2L * bomb.length + 70_000);
    }

    @Test
    public void ofADirectoryWithoutEndOnlyItsBeginningIsReadAndItIsNoDocument() throws IOException {
        var names = IntStream.range(0, 15_000).mapToObj(i -> "x".repeat(60) + i).toArray(String[]::new);
        var all = Samples.office(names);
        assertEquals("application/x-tika-ooxml", type("a.docx", all));
        var zip = Samples.zip(names);
        var read = new AtomicLong();
        assertEquals(
                "application/zip", TYPES.detect("a.zip", counted(zip, read)).type());
        assertTrue("read " + read + " of " + zip.length, read.get() < zip.length + ZipNames.MOST + 200_000L);
    }

    @Test
    public void xmlThatGrowsWithoutEndOrPointsElsewhereCostsNothing() throws IOException {
        var laughs = new StringBuilder("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'ha'>");
        for (var i = 0; i < 40; i++) {
            laughs.append("<!ENTITY x")
                    .append(i)
                    .append(" '")
                    .append(("&x" + (i == 0 ? "" : i - 1) + ";").repeat(10))
                    .append("'>");
        }
        laughs.append("]><a b='&x39;'>&x39;</a>");
        var started = System.nanoTime();
        assertTrue(TYPES.detect("a.xml", Samples.content(Samples.bytes(laughs.toString())))
                .asNamed());
        var outside =
                "<?xml version='1.0'?><!DOCTYPE svg SYSTEM 'file:///dev/zero'><svg xmlns='http://www.w3.org/2000/svg'/>";
        assertTrue(
                TYPES.detect("a.svg", Samples.content(Samples.bytes(outside))).asNamed());
        assertTrue(System.nanoTime() - started < 30_000_000_000L);
    }

    @Test
    public void aStoreThatBreaksIsNoVerdict() {
        var zip = Samples.docx();
        var broken = new Content() {
            @Override
            public long size() {
                return zip.length;
            }

            @Override
            public ReadableByteChannel from(long position) throws IOException {
                throw new IOException("gone");
            }
        };
        var look = TYPES.look("a.docx");
        look.update(ByteBuffer.wrap(zip));
        assertThrows(IOException.class, () -> look.found(broken));
    }

    @Test
    public void itDoesNotMatterInWhichPiecesBytesGoBy() throws IOException {
        for (var file : genuine().entrySet()) {
            var look = TYPES.look(file.getKey());
            for (var one : file.getValue()) {
                var buffer = ByteBuffer.wrap(new byte[] {0, one, 0}, 1, 1);
                look.update(buffer);
                assertEquals(1, buffer.remaining());
            }
            assertEquals(
                    TYPES.detect(file.getKey(), Samples.content(file.getValue())),
                    look.found(Samples.content(file.getValue())));
        }
    }

    private static Content counted(byte[] bytes, AtomicLong read) {
        var inner = Samples.content(bytes);
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public ReadableByteChannel from(long position) throws IOException {
                var channel = inner.from(position);
                return new ReadableByteChannel() {
                    @Override
                    public int read(ByteBuffer into) throws IOException {
                        var count = channel.read(into);
                        read.addAndGet(Math.max(0, count));
                        return count;
                    }

                    @Override
                    public boolean isOpen() {
                        return channel.isOpen();
                    }

                    @Override
                    public void close() throws IOException {
                        channel.close();
                    }
                };
            }
        };
    }

    private static String type(String name, byte[] bytes) throws IOException {
        return TYPES.detect(name, Samples.content(bytes)).type();
    }

    private static boolean passes(TypeList list, String name, byte[] bytes) throws IOException {
        return list.admits(name) && list.admits(name, TYPES.detect(name, Samples.content(bytes)));
    }
}
