package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.UUID;

import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.Routing;

/** Made-up traffic: to each queue people come independently of each other, at the same rate all the time, or while it is open. */
final class Generated implements Traffic {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Request.Traffic asked;
    private final Routing now;
    private final long items;

    /** @param now whose hours count */
    Generated(Request.Traffic asked, Routing now) {
        this.asked = asked;
        this.now = now;
        long count = 0;
        for (var all = arrivals(); all.hasNext(); all.next()) {
            count++;
        }
        this.items = count;
    }

    @Override
    public long items() {
        return items;
    }

    @Override
    public Iterator<Arrival> arrivals(Scene scene) {
        return arrivals();
    }

    private Iterator<Arrival> arrivals() {
        return new Merged(asked.queues().orElse(List.of()).stream()
                .<Iterator<Arrival>>map(this::of)
                .toList());
    }

    private Iterator<Arrival> of(Request.OfQueue queue) {
        var id = new QueueId(UUID.fromString(queue.queue()));
        int hours = (int) Math.ceil(Duration.between(asked.from(), asked.to()).toMillis() / 3_600_000.0);
        var source = new Poisson(
                id,
                asked.from(),
                Collections.nCopies(hours, queue.perHour()),
                millis(queue.handlingSeconds()),
                queue.patienceSeconds().map(Generated::millis),
                asked.seed().orElse(1L) * MIX + id.value().hashCode());
        var open = asked.always().orElse(false) ? List.of(all()) : Calendar.open(now, id, asked.from(), asked.to());
        return new Within(source, open);
    }

    private Setup.Shift all() {
        return new Setup.Shift(asked.from(), asked.to());
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }

    /** Only those who come within some spans, which are in the order of time. */
    private static final class Within implements Iterator<Arrival> {
        private final Iterator<Arrival> source;
        private final List<Setup.Shift> spans;
        private int span;
        private List<Arrival> next = List.of();

        Within(Iterator<Arrival> source, List<Setup.Shift> spans) {
            this.source = source;
            this.spans = spans;
            advance();
        }

        private void advance() {
            next = List.of();
            while (next.isEmpty() && source.hasNext() && span < spans.size()) {
                var one = source.next();
                while (span < spans.size() && !one.at().isBefore(spans.get(span).to())) {
                    span++;
                }
                if (span < spans.size() && !one.at().isBefore(spans.get(span).from())) {
                    next = List.of(one);
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !next.isEmpty();
        }

        @Override
        public Arrival next() {
            if (next.isEmpty()) {
                throw new NoSuchElementException();
            }
            var one = next.get(0);
            advance();
            return one;
        }
    }

    /** Several at once, in the order of time. */
    static final class Merged implements Iterator<Arrival> {
        private record Head(Arrival arrival, int from) {
            static final Comparator<Head> ORDER = Comparator.<Head, Instant>comparing(
                            head -> head.arrival().at())
                    .thenComparingInt(Head::from);
        }

        private final List<Iterator<Arrival>> sources;
        private final PriorityQueue<Head> heads = new PriorityQueue<>(Head.ORDER);

        Merged(List<Iterator<Arrival>> sources) {
            this.sources = new ArrayList<>(sources);
            for (int i = 0; i < sources.size(); i++) {
                refill(i);
            }
        }

        private void refill(int from) {
            if (sources.get(from).hasNext()) {
                heads.add(new Head(sources.get(from).next(), from));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Arrival next() {
            if (heads.isEmpty()) {
                throw new NoSuchElementException();
            }
            var head = heads.poll();
            refill(head.from());
            return head.arrival();
        }
    }
}
