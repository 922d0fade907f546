package dev.tandem.call.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.call.Calls;
import dev.tandem.call.Calls.Party;
import dev.tandem.session.ParticipantId;
import dev.tandem.web.MediaChannel;

/**
 * The pages of one session that talk, or could. Thread-safe; what it says to pages never blocks.
 *
 * <p>It decides nothing of the session: {@link #want} tells what should follow.
 */
final class Room {
    /** How long a call without anybody is waited for: a page that is reloaded comes back. */
    static final Duration EMPTY = Duration.ofSeconds(15);

    /** How long a new controller's page has to say that it can do voice. */
    static final Duration VOICE = Duration.ofSeconds(5);

    /** What should follow. */
    enum Want {
        NOTHING,
        /** Nobody is in it any more. */
        END_EMPTY,
        /** The new controller cannot do voice. */
        END_NO_VOICE,
        /** There is no call and no page. */
        FORGET
    }

    /** A page. */
    private static final class Line {
        private final long id;
        private final ParticipantId participant;
        private final MediaChannel.Peer peer;
        private boolean voice;
        private boolean in;
        private boolean audio;
        private boolean video;

        Line(long id, ParticipantId participant, MediaChannel.Peer peer) {
            this.id = id;
            this.participant = participant;
            this.peer = peer;
        }

        Party shown() {
            return new Party(id, participant, audio, video);
        }
    }

    private record NewController(ParticipantId who, Instant until) {}

    private final Clock clock;
    private final Map<Long, Line> lines = new LinkedHashMap<>();
    private long next = 1;
    private Instant emptySince;
    private Optional<NewController> judged = Optional.empty();

    Room(Clock clock) {
        this.clock = clock;
        this.emptySince = clock.instant();
    }

    synchronized long enter(ParticipantId participant, MediaChannel.Peer peer, IceServers.Ways ways) {
        var line = new Line(next++, participant, peer);
        lines.put(line.id, line);
        peer.text(ServerWord.welcome(line.id, ways, peers()));
        return line.id;
    }

    synchronized void can(long id, boolean voice) {
        Optional.ofNullable(lines.get(id)).ifPresent(line -> line.voice = voice);
    }

    /** @return false if there is no room for one more */
    synchronized boolean join(long id, boolean audio, boolean video) {
        var line = lines.get(id);
        if (line == null) {
            return true;
        }
        if (!line.in && peers().size() >= Calls.MOST) {
            line.peer.text(ServerWord.full());
            return false;
        }
        line.in = true;
        state(line, audio, video);
        return true;
    }

    synchronized void state(long id, boolean audio, boolean video) {
        Optional.ofNullable(lines.get(id)).filter(line -> line.in).ifPresent(line -> state(line, audio, video));
    }

    private void state(Line line, boolean audio, boolean video) {
        line.audio = audio;
        line.video = video;
        tell(ServerWord.peer(line.shown()));
    }

    /** Handed on between two that are in the call; to anybody else it says nothing. */
    synchronized void signal(long from, long to, JsonNode data) {
        var sender = lines.get(from);
        var receiver = lines.get(to);
        if (sender != null && receiver != null && sender != receiver && sender.in && receiver.in) {
            receiver.peer.text(ServerWord.signal(from, data));
        }
    }

    synchronized void leave(long id) {
        Optional.ofNullable(lines.get(id)).filter(line -> line.in).ifPresent(this::out);
    }

    synchronized void closed(long id) {
        leave(id);
        lines.remove(id);
        noteEmpty();
    }

    private void out(Line line) {
        line.in = false;
        tell(ServerWord.gone(line.id));
        noteEmpty();
    }

    private void noteEmpty() {
        if (peers().isEmpty()) {
            emptySince = clock.instant();
        }
    }

    /** Control has passed: the call goes on if the new controller's page can do voice. */
    synchronized void controlledBy(ParticipantId controller) {
        judged = Optional.of(new NewController(controller, clock.instant().plus(VOICE)));
    }

    /** The call is over: who is in it hears why, and is out. */
    synchronized void over(String reason) {
        judged = Optional.empty();
        tell(ServerWord.over(reason));
        lines.values().forEach(line -> line.in = false);
        noteEmpty();
    }

    /** The participant may not be heard any more, and goes on listening for a call. */
    synchronized void out(ParticipantId participant) {
        lines.values().stream()
                .filter(line -> line.in && line.participant.equals(participant))
                .toList()
                .forEach(line -> {
                    line.peer.text(ServerWord.out());
                    out(line);
                });
    }

    /** The participant has gone from the session. */
    synchronized void drop(ParticipantId participant, int code, String reason) {
        lines.values().stream()
                .filter(line -> line.participant.equals(participant))
                .map(line -> line.peer)
                .toList()
                .forEach(peer -> peer.close(code, reason));
    }

    synchronized void closeAll(int code, String reason) {
        lines.values().stream().map(line -> line.peer).toList().forEach(peer -> peer.close(code, reason));
    }

    synchronized List<ParticipantId> participants() {
        return lines.values().stream().map(line -> line.participant).distinct().toList();
    }

    synchronized List<Party> peers() {
        return lines.values().stream().filter(line -> line.in).map(Line::shown).toList();
    }

    /** @param running whether the session has the call */
    synchronized Want want(boolean running) {
        var now = clock.instant();
        if (running && judged.isPresent()) {
            var who = judged.get().who();
            boolean can = lines.values().stream().anyMatch(line -> line.voice && line.participant.equals(who));
            if (can) {
                judged = Optional.empty();
            } else if (!now.isBefore(judged.get().until())) {
                return Want.END_NO_VOICE;
            }
        }
        boolean nobody = peers().isEmpty() && !now.isBefore(emptySince.plus(EMPTY));
        if (running) {
            return nobody ? Want.END_EMPTY : Want.NOTHING;
        }
        return nobody && lines.isEmpty() ? Want.FORGET : Want.NOTHING;
    }

    private void tell(String text) {
        lines.values().forEach(line -> line.peer.text(text));
    }
}
