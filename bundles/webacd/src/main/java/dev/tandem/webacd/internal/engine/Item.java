package dev.tandem.webacd.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;

/** A work item in the engine. Its keys change only while it stands nowhere. */
final class Item {
    static final long NEVER = Long.MAX_VALUE;

    /** The order of waiting. A level of priority counts as the queue's step, so the key is the same for ever. */
    static final Comparator<Item> ORDER =
            Comparator.<Item>comparingLong(item -> item.key).thenComparing(item -> item.id);

    /** The order for one agent: their better queues first. */
    static final Comparator<Item> RANKED =
            Comparator.<Item>comparingInt(item -> item.rank).thenComparing(ORDER);

    static final Comparator<Item> DUE =
            Comparator.<Item>comparingLong(item -> item.due).thenComparing(item -> item.id);

    /** How far it is. FLYING: something is decided and not yet a fact. */
    enum State {
        WAITING,
        FLYING,
        OFFERED,
        ASSIGNED,
        WRAP_UP,
        GONE
    }

    final WorkItemId id;
    final int priority;
    final Map<String, Integer> skills;
    final Optional<AgentId> preferred;
    final Instant since;
    Target target;
    Instant entered;
    State state = State.WAITING;

    /** The number of the decision under way, and where it would bring the item. */
    long flight;

    Optional<QueueId> flightTo = Optional.empty();

    /** Whether somebody has moved it while the decision was under way. */
    boolean movedInFlight;

    final Map<AgentId, Instant> refused = new HashMap<>(0);
    final Set<QueueId> before = new HashSet<>(0);

    /** Who is asked, and when this queue had asked them before, should it come to nothing. */
    final List<Person> pending = new ArrayList<>(1);

    final List<Instant> turns = new ArrayList<>(1);
    Optional<Line> askedIn = Optional.empty();
    /** Who is to be asked, too, by a decision of that number that is not yet a fact. */
    final Map<Person, Long> joining = new HashMap<>(0);

    /** Who has been asked in this round and is not any more, so that they are not asked again before they have been away. */
    final Set<Person> left = new HashSet<>(0);

    final Set<Person> withdrawing = new HashSet<>(0);
    Optional<Person> holder = Optional.empty();

    long key;
    int rank;
    long due = NEVER;
    long held = Long.MIN_VALUE;

    /** Where it stands: in one or several sets, each sorted by {@link #ORDER} or {@link #RANKED}. */
    final List<TreeSet<Item>> standsIn = new ArrayList<>(1);

    /** What was demanded when it stood last. */
    Requirement requirement = Requirement.ANYBODY;

    Optional<Line> line = Optional.empty();
    Optional<Lane> lane = Optional.empty();
    Optional<Person> reservedFor = Optional.empty();

    Item(Work work) {
        id = work.id();
        priority = work.priority();
        skills = work.skills();
        preferred = work.preferred();
        since = Times.whole(work.since());
        target = work.target();
        entered = Times.whole(work.entered());
        refused.putAll(work.refused());
        before.addAll(work.before());
    }

    private Work.Stage offered() {
        var asked = pending.stream()
                .filter(person -> !joining.containsKey(person))
                .map(person -> person.id)
                .toList();
        return asked.isEmpty() ? new Work.Stage.Waiting() : new Work.Stage.Offered(asked);
    }

    boolean stands() {
        return !standsIn.isEmpty();
    }

    void standIn(TreeSet<Item> set) {
        set.add(this);
        standsIn.add(set);
    }

    void leave() {
        for (int i = standsIn.size() - 1; i >= 0; i--) {
            standsIn.get(i).remove(this);
        }
        standsIn.clear();
        lane = Optional.empty();
        reservedFor = Optional.empty();
        rank = 0;
    }

    boolean hasRefused(Person person) {
        return !refused.isEmpty() && refused.containsKey(person.id);
    }

    /** Whether the agent has refused it and is not to be asked yet. */
    boolean spares(Person person, Instant now, Duration pause) {
        if (refused.isEmpty()) {
            return false;
        }
        var when = refused.get(person.id);
        return when != null && now.isBefore(when.plus(pause));
    }

    Work work() {
        Work.Stage stage =
                switch (state) {
                    case WAITING, FLYING, GONE -> new Work.Stage.Waiting();
                    case OFFERED -> offered();
                    case ASSIGNED -> new Work.Stage.Assigned(holder.orElseThrow().id);
                    case WRAP_UP -> new Work.Stage.WrapUp(holder.orElseThrow().id);
                };
        return new Work(id, target, priority, skills, preferred, since, entered, refused, before, stage);
    }
}
