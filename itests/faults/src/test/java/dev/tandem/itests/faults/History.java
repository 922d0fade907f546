package dev.tandem.itests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Every attempt of every operation. For many threads. */
final class History {
    private final List<Attempt> attempts = new ArrayList<>();

    synchronized void add(Attempt attempt) {
        attempts.add(attempt);
    }

    synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** By number, which is the order in which they began. */
    List<Operation> operations() {
        var byOp = new TreeMap<Long, List<Attempt>>();
        attempts().forEach(a -> byOp.computeIfAbsent(a.op(), op -> new ArrayList<>())
                .add(a));
        return byOp.values().stream().map(Operation::new).toList();
    }

    /** One attempt a line, as JSON. */
    void write(Path file) {
        var mapper = new ObjectMapper();
        try {
            var lines = new ArrayList<String>();
            for (var attempt : attempts()) {
                lines.add(mapper.writeValueAsString(attempt));
            }
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link #write} wrote. */
    static History read(Path file) {
        var mapper = new ObjectMapper();
        var history = new History();
        try {
            for (var line : Files.readAllLines(file)) {
                history.add(mapper.readValue(line, Attempt.class));
            }
            return history;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file.toString(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
