package dev.tandem.recording.internal;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.tandem.platform.SiteId;
import dev.tandem.recording.internal.webm.LiveFile;
import dev.tandem.screen.FrameHeader;
import dev.tandem.screen.FrameSink;
import dev.tandem.screen.ScreenSharing;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** A share that a test plays to whoever watches. */
final class FakeScreen implements ScreenSharing {
    private final Clock clock;
    private final List<FrameSink> sinks = new CopyOnWriteArrayList<>();
    private long sequence;
    int keysAsked;

    FakeScreen(Clock clock) {
        this.clock = clock;
    }

    int watching() {
        return sinks.size();
    }

    void begins(ParticipantId by) {
        sinks.forEach(sink -> sink.config(new FrameSink.Picture(by, "vp8", 320, 180), clock.instant()));
    }

    void frame(LiveFile.Picture picture) {
        var header = new FrameHeader(picture.key(), 320, 180, 0, sequence++);
        sinks.forEach(sink -> sink.frame(header, picture.chunk().asReadOnlyBuffer(), clock.instant()));
    }

    void ends() {
        sinks.forEach(FrameSink::stopped);
    }

    @Override
    public Watching watch(SiteId site, SessionId session, FrameSink sink, Set<String> codecs) {
        sinks.add(sink);
        return new Watching() {
            @Override
            public void key() {
                keysAsked++;
            }

            @Override
            public void close() {
                sinks.remove(sink);
            }
        };
    }

    @Override
    public Optional<Shared> shared(SiteId site, SessionId session) {
        return Optional.empty();
    }

    @Override
    public Optional<Traffic> traffic(SiteId site, SessionId session) {
        return Optional.empty();
    }

    @Override
    public Counters counters() {
        return new Counters(0, 0, 0, 0, 0, 0);
    }
}
