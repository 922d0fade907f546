package dev.tandem.journal.bench;

import java.util.concurrent.atomic.AtomicLong;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.StreamKind;

/** What the benchmarks write: streams of lines of chat. It listens, as a slice that rings the live channel does. */
final class Talk implements StreamKind<Long, Talk.Said> {
    static final String LINE = "a line of chat as people write them, of some eighty characters or so, at most";

    private static final EventTypes<Said> EVENTS = EventTypes.<Said>none().with("talk.said.v1", Said.class);

    record Said(long number, String text) {}

    private final AtomicLong heard = new AtomicLong();

    @Override
    public String name() {
        return "talk";
    }

    @Override
    public EventTypes<Said> events() {
        return EVENTS;
    }

    @Override
    public Long initial() {
        return 0L;
    }

    @Override
    public Long evolve(Long state, Said event) {
        return event.number();
    }

    @Override
    public void committed(Recorded<Said> event, Long after) {
        heard.incrementAndGet();
    }

    /** How many events were told of, whoever wrote them. */
    long heard() {
        return heard.get();
    }
}
