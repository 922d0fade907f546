package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.engine.AgentFacts;
import dev.tandem.webacd.internal.engine.Decision;
import dev.tandem.webacd.internal.engine.Engine;
import dev.tandem.webacd.internal.engine.Input;
import dev.tandem.webacd.internal.engine.Snapshot;
import dev.tandem.webacd.internal.engine.Work;

/**
 * One run of traffic through the very engine that routes, in virtual time. Agents accept after the time that they take to,
 * the first of those who are asked does; nobody declines. It ends when the last who came is answered or gone, or nothing
 * more would happen.
 */
public final class Simulation {
    private static final int TELL_EVERY = 10_000;

    private enum Kind {
        ANSWER,
        FINISH,
        ABANDON
    }

    private record Event(long at, long order, Kind kind, Guest guest) {
        static final Comparator<Event> ORDER =
                Comparator.comparingLong(Event::at).thenComparingLong(Event::order);
    }

    /** Who came, and how far they are. */
    private static final class Guest {
        final WorkItemId id;
        final Arrival arrival;
        Optional<AgentId> asked = Optional.empty();
        boolean answered;

        Guest(WorkItemId id, Arrival arrival) {
            this.id = id;
            this.arrival = arrival;
        }
    }

    private final Engine engine;
    private final Iterator<Arrival> traffic;
    private final Duration inTime;
    private final Duration answer;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Event.ORDER);
    private final Map<WorkItemId, Guest> guests = new HashMap<>();
    private final long capacity;
    private Instant now;
    private long order;
    private long arrived;
    private long answered;
    private long abandoned;
    private long expired;
    private long quick;
    private long atOnce;
    private long waited;
    private long longest;
    private long worked;

    /**
     * A run.
     *
     * @param site queues and agents; agents who are available are so all the time, what waits in it is left out
     * @param traffic in the order of time
     * @param inTime the service level's time
     * @param answer how long agents take to accept
     */
    public Simulation(
            Snapshot site,
            List<RoutingStrategy> strategies,
            Instant start,
            Iterator<Arrival> traffic,
            Duration inTime,
            Duration answer) {
        this.traffic = traffic;
        this.inTime = inTime;
        this.answer = answer;
        now = start;
        capacity = site.agents().stream()
                .filter(agent -> agent.presence() == AgentFacts.Presence.AVAILABLE && agent.inbound())
                .mapToLong(AgentFacts::capacity)
                .sum();
        var settings = site.settings().explaining(0);
        engine = new Engine(settings);
        for (var strategy : strategies) {
            engine.apply(new Input.StrategyChanged(strategy.name(), Optional.of(strategy)), start);
        }
        engine.restore(
                new Snapshot(settings, site.queues(), site.agents(), site.histories(), site.loads(), List.of()), start);
    }

    /** Runs to the end, or until the progress says no. */
    public Results run(Progress progress) {
        var start = now;
        var next = next();
        boolean cancelled = false;
        while (!cancelled) {
            long arrival = next.map(a -> a.at().toEpochMilli()).orElse(Long.MAX_VALUE);
            long event = events.isEmpty() ? Long.MAX_VALUE : events.peek().at();
            long wake = engine.nextWake().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
            if (arrival == Long.MAX_VALUE && guests.isEmpty()
                    || Math.min(arrival, Math.min(event, wake)) == Long.MAX_VALUE) {
                break;
            }
            if (wake <= event && wake <= arrival) {
                now = Instant.ofEpochMilli(wake);
                tell(new Input.Tick());
            } else if (event <= arrival) {
                happen(events.poll());
            } else {
                come(next.get());
                next = next();
                cancelled = arrived % TELL_EVERY == 0 && !progress.goOn(arrived, now);
            }
        }
        long there = Duration.between(start, now).toMillis() * capacity;
        long left = guests.values().stream().filter(guest -> !guest.answered).count();
        return new Results(
                arrived,
                answered,
                abandoned,
                expired,
                left,
                quick,
                atOnce,
                Duration.ofMillis(waited),
                Duration.ofMillis(longest),
                Duration.ofMillis(worked),
                Duration.ofMillis(there),
                cancelled);
    }

    private Optional<Arrival> next() {
        return traffic.hasNext() ? Optional.of(traffic.next()) : Optional.empty();
    }

    private void come(Arrival arrival) {
        now = arrival.at();
        var id = new WorkItemId(new UUID(0x7000L, ++arrived));
        var guest = new Guest(id, arrival);
        guests.put(id, guest);
        at(arrival.at().plus(arrival.patience()), Kind.ABANDON, guest);
        tell(new Input.ItemSubmitted(new Work(
                id,
                new Target.Queue(arrival.queue()),
                arrival.priority(),
                arrival.skills(),
                Optional.empty(),
                now,
                now,
                Map.of(),
                Set.<QueueId>of(),
                new Work.Stage.Waiting())));
    }

    private void happen(Event event) {
        var guest = event.guest();
        if (!guests.containsKey(guest.id)) {
            return;
        }
        if (event.kind() == Kind.ABANDON && guest.answered || event.kind() == Kind.ANSWER && guest.asked.isEmpty()) {
            return;
        }
        now = Instant.ofEpochMilli(event.at());
        switch (event.kind()) {
            case ANSWER -> answer(guest);
            case FINISH -> {
                guests.remove(guest.id);
                tell(new Input.ItemGone(guest.id));
            }
            case ABANDON -> {
                abandoned++;
                guests.remove(guest.id);
                tell(new Input.ItemGone(guest.id));
            }
        }
    }

    private void answer(Guest guest) {
        long wait = Duration.between(guest.arrival.at(), now).toMillis();
        guest.answered = true;
        answered++;
        waited += wait;
        longest = Math.max(longest, wait);
        worked += guest.arrival.handling().toMillis();
        quick += wait <= inTime.toMillis() ? 1 : 0;
        atOnce += wait <= answer.toMillis() ? 1 : 0;
        at(now.plus(guest.arrival.handling()), Kind.FINISH, guest);
        tell(new Input.OfferAnswered(guest.id, guest.asked.orElseThrow(), Input.OfferAnswered.Answer.ACCEPTED));
    }

    private void at(Instant time, Kind kind, Guest guest) {
        events.add(new Event(time.toEpochMilli(), ++order, kind, guest));
    }

    /** What the engine decides is a fact at once. */
    private void tell(Input input) {
        for (var decision : engine.apply(input, now)) {
            if (decision instanceof Decision.MakeOffer offer) {
                tell(new Input.ItemOffered(offer.item(), offer.agents()));
                var guest = guests.get(offer.item());
                guest.asked = Optional.of(offer.agents().get(0));
                at(now.plus(answer), Kind.ANSWER, guest);
            } else if (decision instanceof Decision.WidenOffer widen) {
                tell(new Input.ItemWidened(widen.item(), List.of(widen.agent())));
            } else if (decision instanceof Decision.Overflow overflow) {
                tell(new Input.ItemMoved(overflow.item(), new Target.Queue(overflow.to())));
            } else if (decision instanceof Decision.Expire expire) {
                expired++;
                guests.remove(expire.item());
                tell(new Input.ItemGone(expire.item()));
            }
        }
    }
}
