package dev.tandem.recording.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import dev.tandem.recording.Recording;
import dev.tandem.recording.Recording.PartState;
import dev.tandem.recording.internal.Readers.Readable;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;

/** Reads what stands beside a recording, and puts in the names and words as they are known now. */
@Component(service = Tracks.class)
public final class Tracks {
    private final Shelf shelf;
    private final Optional<Talk> talk;

    /** @param talk without it what was said cannot be told */
    @Activate
    public Tracks(
            @Reference Shelf shelf,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Talk talk) {
        this.shelf = shelf;
        this.talk = Optional.ofNullable(talk);
    }

    /**
     * A line beside the picture.
     *
     * @param part in which part it happened
     * @param at milliseconds since that part's beginning
     * @param what {@code said}, {@code joined}, {@code left}, {@code screen-started}, {@code screen-stopped}, ...
     * @param participant who said it, or whom it is about
     * @param name of that participant; empty for nobody, or once erased
     * @param text what was said; empty for what happened, or once erased
     * @param erased whether words or a name have been erased from it
     */
    public record TrackLine(
            int part, long at, String what, Optional<UUID> participant, String name, String text, boolean erased) {}

    /** Those beside one part, in order. */
    public List<TrackLine> lines(Readable of, Recording.Part part) throws IOException {
        var lines = new ArrayList<TrackLine>();
        if (part.state() == PartState.DONE || part.state() == PartState.WRITING) {
            for (var line :
                    LineFile.read(shelf.place(of.recording(), part.number()).lines())) {
                lines.add(read(of, part.number(), line));
            }
        }
        return lines;
    }

    private TrackLine read(Readable of, int part, Line line) {
        if (line.number().isPresent()) {
            var said = talk.flatMap(known -> known.said(
                    of.recording().site(),
                    of.recording().session(),
                    line.number().get()));
            return new TrackLine(
                    part,
                    line.at(),
                    line.what(),
                    said.flatMap(Talk.Said::from),
                    said.map(Talk.Said::name).orElse(""),
                    said.map(Talk.Said::text).orElse(""),
                    said.map(Talk.Said::erased).orElse(true));
        }
        var who = line.participant()
                .flatMap(id -> of.session().flatMap(session -> session.participant(new ParticipantId(id))));
        var name = who.map(Participant::name).orElse("");
        return new TrackLine(
                part,
                line.at(),
                line.what(),
                line.participant(),
                name,
                "",
                line.participant().isPresent() && name.isEmpty());
    }
}
