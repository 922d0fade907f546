package dev.tandem.recording.internal.webm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import dev.tandem.recording.internal.webm.LiveFile.Picture;

/**
 * Three seconds that Chromium's encoder has made: a red, a green and a blue second with a square that moves, each begun by a
 * key frame; the last second is larger (480 by 270 after 320 by 180).
 */
public final class Real {
    private Real() {}

    public static List<Picture> pictures() {
        try (var file = Real.class.getResourceAsStream("/dev/tandem/recording/internal/webm/vp8.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(" "))
                    .map(part -> new Picture(
                            Long.parseLong(part[1]),
                            part[0].equals("1"),
                            ByteBuffer.wrap(Base64.getDecoder().decode(part[2]))))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The same, later. */
    public static List<Picture> pictures(long later) {
        return pictures().stream()
                .map(picture -> new Picture(picture.millis() + later, picture.key(), picture.chunk()))
                .toList();
    }
}
