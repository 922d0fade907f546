package dev.tandem.recording.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.chat.ChatMessage;
import dev.tandem.chat.Conversations;
import dev.tandem.recording.Recording;
import dev.tandem.recording.Recording.PartState;
import dev.tandem.recording.internal.Readers.Readable;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;

/** Reads what stands beside a recording, and puts in the names and words as they are known now. */
@Component(service = Tracks.class)
public final class Tracks {
    private final Shelf shelf;
    private final Conversations conversations;

    @Activate
    public Tracks(@Reference Shelf shelf, @Reference Conversations conversations) {
        this.shelf = shelf;
        this.conversations = conversations;
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

    public List<TrackLine> lines(Readable of) throws IOException {
        var recording = of.recording();
        var lines = new ArrayList<TrackLine>();
        var said = new HashMap<Long, ChatMessage>();
        for (var part : recording.parts()) {
            if (part.state() == PartState.DONE || part.state() == PartState.WRITING) {
                for (var line :
                        LineFile.read(shelf.place(recording, part.number()).lines())) {
                    lines.add(read(of, part.number(), line, said));
                }
            }
        }
        return lines;
    }

    private TrackLine read(Readable of, int part, Line line, Map<Long, ChatMessage> said) {
        if (line.number().isPresent()) {
            var message = message(of.recording(), line.number().get(), said);
            return new TrackLine(
                    part,
                    line.at(),
                    line.what(),
                    message.flatMap(ChatMessage::from).map(ParticipantId::value),
                    message.map(ChatMessage::name).orElse(""),
                    message.map(ChatMessage::text).orElse(""),
                    message.map(ChatMessage::erased).orElse(true));
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

    /** Reads a page at a time, since lines follow each other. */
    private Optional<ChatMessage> message(Recording of, long number, Map<Long, ChatMessage> said) {
        if (!said.containsKey(number)) {
            conversations
                    .after(of.site(), of.session(), number - 1, Conversations.LONGEST_PAGE)
                    .messages()
                    .forEach(message -> said.put(message.number(), message));
        }
        return Optional.ofNullable(said.get(number));
    }
}
