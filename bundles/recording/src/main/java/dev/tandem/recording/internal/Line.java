package dev.tandem.recording.internal;

import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What happened beside the picture. Holds no name and no word of anybody.
 *
 * @param at milliseconds since the part's beginning
 * @param what {@code said}, {@code joined}, {@code left}, {@code screen-started}, {@code screen-stopped},
 *     {@code customer-selected}, {@code control-offered}, {@code paused}, {@code resumed}
 * @param number of the chat message that was said
 * @param participant whom it is about
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Line(long at, String what, Optional<Long> number, Optional<UUID> participant) {
    static Line of(long at, String what) {
        return new Line(at, what, Optional.empty(), Optional.empty());
    }

    static Line of(long at, String what, UUID participant) {
        return new Line(at, what, Optional.empty(), Optional.of(participant));
    }

    static Line said(long at, long number) {
        return new Line(at, "said", Optional.of(number), Optional.empty());
    }
}
