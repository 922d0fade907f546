package dev.tandem.recording.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** The lines beside a part, one JSON object each. A line that a crash has cut off is not one. */
final class LineFile implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final FileChannel channel;

    private LineFile(FileChannel channel) {
        this.channel = channel;
    }

    static LineFile create(Path path) throws IOException {
        return new LineFile(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Brings them to the disk before it returns. */
    void append(List<Line> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(JSON.writeValueAsString(line)).append('\n');
        }
        var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    /** The whole lines of a file, in the order of their times; none if it is not there. */
    static List<Line> read(Path path) throws IOException {
        var lines = new ArrayList<Line>();
        try {
            var text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            for (var one : text.split("\n")) {
                try {
                    lines.add(JSON.readValue(one, Line.class));
                } catch (JsonProcessingException e) {
                    // Cut off, or not ours.
                    continue;
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        lines.sort(java.util.Comparator.comparingLong(Line::at));
        return lines;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
