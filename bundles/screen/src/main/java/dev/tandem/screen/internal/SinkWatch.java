package dev.tandem.screen.internal;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.tandem.screen.FrameSink;
import dev.tandem.screen.ScreenSharing.Watching;
import dev.tandem.web.ProblemException;

/** A sink that watches a session from one share to the next. Thread-safe. */
final class SinkWatch implements Watching {
    private final FrameSink sink;
    private final Set<Codec> codecs;
    private final Clock clock;
    private final Executor executor;
    private final Consumer<SinkWatch> forget;
    private Optional<ScreenStream> at = Optional.empty();
    private Optional<SinkLine> line = Optional.empty();
    private boolean closed;

    /** @param forget is told when it is closed */
    SinkWatch(FrameSink sink, Set<Codec> codecs, Clock clock, Executor executor, Consumer<SinkWatch> forget) {
        this.sink = sink;
        this.codecs = codecs;
        this.clock = clock;
        this.executor = executor;
        this.forget = forget;
    }

    /** Watches that stream from now on, if it does not yet. */
    void attach(ScreenStream stream) {
        SinkLine mine;
        synchronized (this) {
            if (closed || at.filter(s -> s == stream).isPresent()) {
                return;
            }
            mine = new SinkLine(sink, codecs, stream.grant().by(), clock, executor, this::close);
            at = Optional.of(stream);
            line = Optional.of(mine);
        }
        try {
            mine.relay(stream.openSink(mine, codecs));
        } catch (ProblemException e) {
            // It is over already; the next one will come.
            mine.end();
        }
    }

    @Override
    public void key() {
        Optional<SinkLine> now;
        synchronized (this) {
            now = line;
        }
        now.ifPresent(SinkLine::key);
    }

    @Override
    public void close() {
        Optional<SinkLine> last;
        synchronized (this) {
            closed = true;
            last = line;
            line = Optional.empty();
        }
        last.ifPresent(SinkLine::end);
        forget.accept(this);
    }
}
