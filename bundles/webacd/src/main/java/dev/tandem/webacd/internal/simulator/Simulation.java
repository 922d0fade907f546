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
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.engine.Decision;
import dev.tandem.webacd.internal.engine.Engine;
import dev.tandem.webacd.internal.engine.Input;
import dev.tandem.webacd.internal.engine.Input.OfferAnswered.Answer;
import dev.tandem.webacd.internal.engine.QueueFacts;
import dev.tandem.webacd.internal.engine.Snapshot;
import dev.tandem.webacd.internal.engine.Work;
import dev.tandem.webacd.internal.simulator.Guest.Round;

/**
 * One run of traffic through the very engine that routes, in virtual time. Of those who are asked some decline and some let
 * the offer pass, at random; of those who accept the first does, which is anybody of them. Who was asked alone and has said
 * nothing gets nothing for a while, as really. It ends when the last who came is answered or gone, when nothing more would
 * happen, or a day after the traffic's end. For one thread; what it keeps grows with who is there, not with who was.
 */
public final class Simulation {
    /** So often it is asked whether to go on. */
    private static final int TELL_EVERY = 2_000;
    /** For so long after the last who came it goes on. */
    private static final Duration AFTERWARDS = Duration.ofDays(1);

    private enum Kind {
        ARRIVES,
        LEAVES,
        RETURNS,
        ANSWER,
        LAPSE,
        FINISH
    }

    /** What will happen to an agent, to a guest, or to a guest's offer. */
    private record Event(
            long at, long order, Kind kind, Optional<AgentId> agent, Optional<Guest> guest, Optional<Round> round) {
        static final Comparator<Event> ORDER =
                Comparator.comparingLong(Event::at).thenComparingLong(Event::order);
    }

    private final Setup setup;
    private final Engine engine;
    private final Tally tally;
    private final Staffing staffing;
    private final Queueing queueing;
    private final Iterator<Arrival> traffic;
    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Event.ORDER);
    private final TreeSet<Guest> patience = new TreeSet<>(Guest.BY_PATIENCE);
    private final Map<WorkItemId, Guest> guests = new HashMap<>();
    private Instant now;
    private long order;
    private long came;
    private long steps;

    /** A run. @param traffic in the order of time */
    public Simulation(Setup setup, Iterator<Arrival> traffic) {
        this.setup = setup;
        this.traffic = traffic;
        this.random = new SplittableRandom(setup.seed());
        this.now = setup.from();
        var queues = setup.queues().stream().map(QueueFacts::id).toList();
        this.tally = new Tally(queues, setup.from(), setup.to(), setup.quick());
        this.staffing = new Staffing(setup.agents());
        this.queueing = new Queueing(setup.queues(), staffing);
        var settings = setup.settings().explaining(0);
        engine = new Engine(settings);
        for (var strategy : setup.strategies()) {
            engine.apply(new Input.StrategyChanged(strategy.name(), Optional.of(strategy)), now);
        }
        engine.restore(
                new Snapshot(settings, setup.queues(), staffing.nobodyThere(), List.of(), List.of(), List.of()), now);
        for (var agent : setup.agents()) {
            tally.agent(agent.id(), agent.queues().keySet());
            for (var shift : setup.shifts().getOrDefault(agent.id(), List.of())) {
                shift(agent.id(), shift);
            }
        }
    }

    /** Who is there at the end stays, since nobody knows for how long. */
    private void shift(AgentId agent, Setup.Shift shift) {
        if (shift.to().isAfter(setup.from()) && shift.from().isBefore(setup.to())) {
            var from = shift.from().isBefore(setup.from()) ? setup.from() : shift.from();
            at(from, Kind.ARRIVES, Optional.of(agent), Optional.empty(), Optional.empty());
            if (shift.to().isBefore(setup.to())) {
                at(shift.to(), Kind.LEAVES, Optional.of(agent), Optional.empty(), Optional.empty());
            }
        }
    }

    /** Runs to the end, or until the progress says no: then there is no outcome. */
    public Optional<Outcome> run(Progress progress) {
        var next = next();
        long end = setup.to().plus(AFTERWARDS).toEpochMilli();
        while (true) {
            if (++steps % TELL_EVERY == 0 && !progress.goOn(came, now)) {
                return Optional.empty();
            }
            long arrival = next.map(one -> one.at().toEpochMilli()).orElse(Long.MAX_VALUE);
            long event = events.isEmpty() ? Long.MAX_VALUE : events.peek().at();
            long wake = engine.nextWake().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
            long leaves = patience.isEmpty() ? Long.MAX_VALUE : patience.first().patienceEnds;
            long soonest = Math.min(Math.min(arrival, event), Math.min(wake, leaves));
            boolean over = arrival == Long.MAX_VALUE && guests.isEmpty() && event == Long.MAX_VALUE;
            if (over || soonest == Long.MAX_VALUE || soonest > end) {
                break;
            }
            now = Instant.ofEpochMilli(Math.max(soonest, now.toEpochMilli()));
            tally.at(now.toEpochMilli());
            if (wake == soonest) {
                tell(new Input.Tick());
            } else if (event == soonest) {
                happen(events.poll());
            } else if (leaves == soonest) {
                abandon(patience.first());
            } else {
                come(next.get());
                next = next();
            }
        }
        progress.goOn(came, now);
        return Optional.of(tally.outcome(now.toEpochMilli()));
    }

    private Optional<Arrival> next() {
        return traffic.hasNext() ? Optional.of(traffic.next()) : Optional.empty();
    }

    private void come(Arrival arrival) {
        var guest = new Guest(++came, arrival);
        if (guest.queue.isPresent() && !takes(guest.queue.get())) {
            guest.queue = arrival.otherwise().filter(this::takes);
            if (guest.queue.isEmpty()) {
                tally.count(queueOf(arrival), cell -> cell.refused++);
                return;
            }
        }
        guests.put(guest.id, guest);
        guest.first = guest.queue;
        guest.told = queueing.told(guest);
        tally.count(guest.queue, cell -> cell.arrived++);
        waits(guest);
        if (guest.patienceEnds != Long.MAX_VALUE) {
            patience.add(guest);
        }
        tell(new Input.ItemSubmitted(new Work(
                guest.id,
                guest.queue.<Target>map(Target.Queue::new).orElse(arrival.target()),
                arrival.priority(),
                arrival.skills(),
                arrival.preferred(),
                now,
                now,
                arrival.by().map(agent -> Map.of(agent, now)).orElse(Map.of()),
                Set.of(),
                new Work.Stage.Waiting())));
    }

    private static Optional<QueueId> queueOf(Arrival arrival) {
        return arrival.target() instanceof Target.Queue to ? Optional.of(to.queue()) : Optional.empty();
    }

    private boolean takes(QueueId queue) {
        return queueing.takes(queue, now, engine.waiting(queue));
    }

    private void happen(Event event) {
        switch (event.kind()) {
            case ARRIVES -> present(event.agent().orElseThrow(), staffing::arrives);
            case LEAVES -> present(event.agent().orElseThrow(), staffing::leaves);
            case RETURNS -> present(event.agent().orElseThrow(), staffing::returns);
            case ANSWER -> answer(event.guest().orElseThrow(), event.round().orElseThrow());
            case LAPSE -> lapse(event.guest().orElseThrow(), event.round().orElseThrow());
            case FINISH -> finish(event.guest().orElseThrow());
        }
    }

    private void present(AgentId agent, Consumer<AgentId> change) {
        change.accept(agent);
        tally.there(agent, staffing.there(agent), now.toEpochMilli());
        tell(new Input.AgentChanged(staffing.facts(agent)));
    }

    /** Who declines says so first; then anybody of the others accepts. */
    private void answer(Guest guest, Round round) {
        for (var agent : round.pending(round.unwilling)) {
            if (stands(guest, round)) {
                tally.count(guest.queue, cell -> cell.declined++);
                back(guest, round, agent, Answer.DECLINED);
            }
        }
        var willing = round.accepting();
        if (!stands(guest, round) || willing.isEmpty()) {
            return;
        }
        var agent = willing.get(willing.size() == 1 ? 0 : random.nextInt(willing.size()));
        long wait = now.toEpochMilli() - guest.since;
        tally.waiting(guest.queue, -1);
        tally.answered(guest.queue, wait);
        if (guest.told >= 0) {
            tally.count(guest.first, cell -> cell.estimated(guest.told, wait));
        }
        tally.has(agent, 1, now.toEpochMilli());
        patience.remove(guest);
        release(guest);
        staffing.has(agent, 1);
        guest.agent = Optional.of(agent);
        at(now.plus(guest.arrival.handling()), Kind.FINISH, Optional.empty(), Optional.of(guest), Optional.empty());
        tell(new Input.OfferAnswered(guest.id, agent, Answer.ACCEPTED));
    }

    /** Whoever was asked alone is away before the item goes on to others, so that the next one does not come here. */
    private void lapse(Guest guest, Round round) {
        for (var agent : round.pending(round.silent)) {
            if (!stands(guest, round)) {
                return;
            }
            tally.count(guest.queue, cell -> cell.noAnswer++);
            if (round.alone()) {
                free(guest, round, agent);
                at(
                        now.plus(setup.manners().returns()),
                        Kind.RETURNS,
                        Optional.of(agent),
                        Optional.empty(),
                        Optional.empty());
                present(agent, staffing::missed);
                tell(new Input.OfferAnswered(guest.id, agent, Answer.EXPIRED));
            } else {
                back(guest, round, agent, Answer.EXPIRED);
            }
        }
    }

    private static boolean stands(Guest guest, Round round) {
        return guest.round.filter(one -> one == round).isPresent();
    }

    /** That agent will not have it. */
    private void back(Guest guest, Round round, AgentId agent, Answer answer) {
        free(guest, round, agent);
        tell(new Input.OfferAnswered(guest.id, agent, answer));
    }

    private void free(Guest guest, Round round, AgentId agent) {
        if (round.pending.remove(agent)) {
            staffing.has(agent, -1);
        }
        if (round.pending.isEmpty()) {
            guest.round = Optional.empty();
            queueing.waits(guest);
        }
    }

    private void finish(Guest guest) {
        guests.remove(guest.id);
        var agent = guest.agent.orElseThrow();
        tally.has(agent, -1, now.toEpochMilli());
        staffing.has(agent, -1);
        queueing.finished(guest.queue, guest.arrival.handling());
        tell(new Input.ItemGone(guest.id));
    }

    private void abandon(Guest guest) {
        tally.count(guest.queue, cell -> cell.abandoned++);
        goes(guest);
    }

    private void goes(Guest guest) {
        tally.waiting(guest.queue, -1);
        queueing.waitsNot(guest);
        patience.remove(guest);
        release(guest);
        guests.remove(guest.id);
        tell(new Input.ItemGone(guest.id));
    }

    /** Nobody is asked about it any more. */
    private void release(Guest guest) {
        guest.round.ifPresent(round -> round.pending.forEach(agent -> staffing.has(agent, -1)));
        guest.round = Optional.empty();
    }

    private void waits(Guest guest) {
        tally.waiting(guest.queue, 1);
        queueing.waits(guest);
    }

    private void at(Instant time, Kind kind, Optional<AgentId> agent, Optional<Guest> guest, Optional<Round> round) {
        events.add(new Event(time.toEpochMilli(), ++order, kind, agent, guest, round));
    }

    /** What the engine decides is a fact at once. */
    private void tell(Input input) {
        for (var decision : engine.apply(input, now)) {
            var guest = guests.get(decision.item());
            if (guest == null) {
                continue;
            }
            if (decision instanceof Decision.MakeOffer offer) {
                offered(guest, offer);
            } else if (decision instanceof Decision.WidenOffer wider) {
                guest.round.ifPresent(round -> ask(guest, round, List.of(wider.agent())));
                tell(new Input.ItemWidened(wider.item(), List.of(wider.agent())));
            } else if (decision instanceof Decision.WithdrawOffer withdrawn) {
                guest.round
                        .filter(round -> round.pending.contains(withdrawn.agent()))
                        .ifPresent(round -> back(guest, round, withdrawn.agent(), Answer.WITHDRAWN));
            } else if (decision instanceof Decision.Overflow overflow) {
                moved(guest, overflow.to());
            } else if (decision instanceof Decision.Expire) {
                tally.count(guest.queue, cell -> cell.expired++);
                goes(guest);
            }
        }
    }

    private void moved(Guest guest, QueueId to) {
        tally.count(guest.queue, cell -> cell.overflowed++);
        tally.waiting(guest.queue, -1);
        queueing.waitsNot(guest);
        guest.queue = Optional.of(to);
        tally.onlyQueue(guest.queue, cell -> cell.arrived++);
        waits(guest);
        tell(new Input.ItemMoved(guest.id, new Target.Queue(to)));
    }

    private void offered(Guest guest, Decision.MakeOffer offer) {
        queueing.waitsNot(guest);
        var round = new Round(offer.until());
        guest.round = Optional.of(round);
        ask(guest, round, offer.agents());
        tell(new Input.ItemOffered(offer.item(), offer.agents()));
    }

    private void ask(Guest guest, Round round, List<AgentId> agents) {
        var manners = setup.manners();
        boolean late = !now.plus(manners.answer()).isBefore(round.until);
        boolean chance = manners.declines() > 0 || manners.noAnswers() > 0;
        boolean anySilent = false;
        boolean allSilent = true;
        for (var agent : agents) {
            double drawn = chance ? random.nextDouble() : 1;
            boolean silent = late || drawn < manners.noAnswers();
            staffing.has(agent, 1);
            round.ask(agent, silent, !silent && drawn < manners.noAnswers() + manners.declines());
            anySilent |= silent;
            allSilent &= silent;
        }
        if (!allSilent) {
            at(now.plus(manners.answer()), Kind.ANSWER, Optional.empty(), Optional.of(guest), guest.round);
        }
        if (anySilent) {
            at(round.until, Kind.LAPSE, Optional.empty(), Optional.of(guest), guest.round);
        }
    }
}
