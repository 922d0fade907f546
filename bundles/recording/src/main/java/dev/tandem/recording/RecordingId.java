package dev.tandem.recording;

import java.util.UUID;

/** A recording. */
public record RecordingId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
