package dev.tandem.filetransfer.internal.zip;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.internal.zip.FolderZip.Content;
import dev.tandem.filetransfer.internal.zip.FolderZip.Empty;
import dev.tandem.filetransfer.internal.zip.FolderZip.Entry;

public class FolderZipTest {
    private static final Instant THEN = Instant.parse("2026-03-04T05:06:08Z");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private static Content text(String path, String text) {
        return new Content(
                path,
                Optional.of(THEN),
                () -> Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    private Path zip(String folder, List<? extends Entry> entries) throws IOException {
        var file = temporary.newFile().toPath();
        try (var out = Files.newOutputStream(file)) {
            FolderZip.write(folder, entries, out);
        }
        return file;
    }

    private static List<String> names(ZipFile zip) {
        return zip.stream().map(Object::toString).toList();
    }

    @Test
    public void treeAndTimesAndEmptyFoldersAreKept() throws IOException {
        var file = zip(
                "Photos",
                List.of(text("a.txt", "one"), text("deep/er/b.txt", "two"), new Empty("nothing", Optional.of(THEN))));
        try (var zip = new ZipFile(file.toFile())) {
            assertEquals(List.of("Photos/a.txt", "Photos/deep/er/b.txt", "Photos/nothing/"), names(zip));
            var one = zip.getEntry("Photos/a.txt");
            assertEquals(THEN, one.getLastModifiedTime().toInstant());
            assertArrayEquals(
                    "one".getBytes(StandardCharsets.UTF_8),
                    zip.getInputStream(one).readAllBytes());
            assertTrue(zip.getEntry("Photos/nothing/").isDirectory());
        }
    }

    @Test
    public void nothingLeadsOutOfTheFolderAndNoNameStandsTwice() throws IOException {
        var file = zip(
                "../up",
                List.of(
                        text("../../etc/passwd", "1"),
                        text("etc/passwd", "2"),
                        text("ETC/Passwd", "3"),
                        text("a:b.txt", "4"),
                        text("a|b.txt", "5"),
                        text("..", "6"),
                        text("caf\u00E9", "7"),
                        text("cafe\u0301", "8")));
        try (var zip = new ZipFile(file.toFile())) {
            assertEquals(
                    List.of(
                            "up/etc/passwd",
                            "up/etc/passwd (2)",
                            "up/ETC/Passwd (3)",
                            "up/a_b.txt",
                            "up/a_b (2).txt",
                            "up/caf\u00E9",
                            "up/cafe\u0301 (2)"),
                    names(zip));
        }
    }

    @Test
    public void thousandsOfFilesCanBeRead() throws IOException {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < 70_000; i++) {
            entries.add(new Empty("d" + i, Optional.empty()));
        }
        try (var zip = new ZipFile(zip("many", entries).toFile())) {
            assertEquals(70_000, zip.size());
        }
    }

    @Test
    public void aFileThatCannotBeReadBreaksTheZip() {
        var entries = List.of(new Content("a", Optional.empty(), () -> {
            throw new IOException("gone");
        }));
        assertEquals(
                "gone", assertThrows(IOException.class, () -> zip("f", entries)).getMessage());
    }
}
