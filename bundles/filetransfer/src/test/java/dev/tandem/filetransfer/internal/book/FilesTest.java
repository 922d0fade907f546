package dev.tandem.filetransfer.internal.book;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.filetransfer.FileTransfer.FileState;
import dev.tandem.filetransfer.internal.book.TransferState.Entry;
import dev.tandem.journal.Personal;

public class FilesTest {
    private static Entry entry(String id, FileState state, long size) {
        return new Entry(
                id,
                0,
                new Personal.Ref(new UUID(0, 1), "00"),
                Optional.of(size),
                "text/plain",
                Optional.empty(),
                state,
                Optional.empty(),
                Optional.empty());
    }

    /** Whatever is put in, it is what a map would have; and what was there before stays as it was. */
    @Test
    public void likeAMapInTheOrderOfAdding() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var files = Files.NONE;
            Map<String, Entry> expected = new LinkedHashMap<>();
            for (int i = 0; i < 200; i++) {
                var id = id(random);
                var state = FileState.values()[random.nextInt(4)];
                var before = files;
                var was = new LinkedHashMap<>(expected);
                var one = entry(id, state, random.nextInt(100));
                files = files.with(one);
                expected.put(id, one);
                assertEquals(was.size(), before.size());
                assertEquals(was.get(id) == null, before.get(id).isEmpty());
            }
            check(expected, files);
        }
    }

    private static void check(Map<String, Entry> expected, Files files) {
        assertEquals(expected.size(), files.size());
        assertEquals(
                new ArrayList<>(expected.keySet()),
                files.inOrder().stream().map(Entry::id).toList());
        for (var state : FileState.values()) {
            assertEquals(
                    expected.values().stream()
                            .filter(one -> one.state() == state)
                            .count(),
                    files.count(state));
        }
        assertEquals(
                expected.values().stream()
                        .mapToLong(one -> one.size().orElse(0L))
                        .sum(),
                files.bytes());
        expected.forEach((id, one) ->
                assertEquals(one.size(), files.get(id).orElseThrow().size()));
        assertEquals(Optional.empty(), files.get("nobody"));
    }

    /** Some with the same hash. */
    private static String id(Random random) {
        var pairs = List.of("Aa", "BB");
        var id = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            id.append(random.nextInt(3) == 0 ? String.valueOf(random.nextInt(10)) : pairs.get(random.nextInt(2)));
        }
        return id.toString();
    }
}
