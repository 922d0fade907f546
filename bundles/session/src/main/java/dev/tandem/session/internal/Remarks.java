package dev.tandem.session.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.tandem.journal.Personal;
import dev.tandem.session.Outcome;

/**
 * What is known beside the session's course; immutable.
 *
 * @param refusedAt when a customer could not come in since there were too many
 */
record Remarks(Optional<Note> note, List<Form> forms, Optional<Instant> refusedAt) {
    static final Remarks NONE = new Remarks(Optional.empty(), List.of(), Optional.empty());

    /** What an agent has noted. */
    record Note(Instant at, UUID by, Outcome outcome, Optional<Personal.Ref> text) {}

    /** What a customer has said afterwards. */
    record Form(Instant at, UUID participant, Optional<Integer> rating, Optional<Personal.Ref> comment) {}

    Remarks with(Note now) {
        return new Remarks(Optional.of(now), forms, refusedAt);
    }

    Remarks with(Form one) {
        return new Remarks(note, Stream.concat(forms.stream(), Stream.of(one)).toList(), refusedAt);
    }

    Remarks refused(Instant now) {
        return new Remarks(note, forms, Optional.of(now));
    }
}
