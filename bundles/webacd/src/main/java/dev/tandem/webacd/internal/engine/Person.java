package dev.tandem.webacd.internal.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;

/** An agent in the engine. */
final class Person {
    final AgentId id;
    AgentFacts facts;
    final List<Seat> seats = new ArrayList<>();

    /** Items for this agent by name, and those that wait for this agent for a while. */
    final TreeSet<Item> targeted = new TreeSet<>(Item.ORDER);

    final TreeSet<Item> reserved = new TreeSet<>(Item.RANKED);
    final Set<Item> pending = new LinkedHashSet<>();
    int assigned;
    int wrapUps;
    int others;
    Instant idleSince = Instant.EPOCH;
    final Map<QueueId, Instant> offeredLast = new HashMap<>();

    Person(AgentId id) {
        this.id = id;
        facts = AgentFacts.unknown(id);
    }

    /** Offers, items and notes, and what the agent does beside them. */
    int load() {
        return pending.size() + assigned + others;
    }

    boolean available() {
        return facts.presence() == AgentFacts.Presence.AVAILABLE;
    }

    /** Whether the router may give them something at all. */
    boolean present() {
        return available() && facts.inbound();
    }

    boolean free() {
        return present() && load() < facts.capacity();
    }

    Instant lastOffered(QueueId queue) {
        return offeredLast.getOrDefault(queue, Instant.EPOCH);
    }

    /** Puts the agent's seats where they belong, after anything about the agent has changed. */
    void refresh() {
        boolean free = free();
        for (int i = 0; i < seats.size(); i++) {
            var seat = seats.get(i);
            if (seat.listed) {
                seat.line.unlist(seat);
            }
            seat.look();
            if (free) {
                seat.line.list(seat);
            }
        }
    }
}
