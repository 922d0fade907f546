package dev.tandem.webacd.internal.engine;

import java.util.Comparator;
import java.util.TreeSet;

import dev.tandem.webacd.RoutingStrategy;

/** The items of a queue with the same demands, and the free agents who meet them, both in order. */
final class Lane {
    final Requirement requirement;
    final TreeSet<Item> waiting = new TreeSet<>(Item.ORDER);
    TreeSet<Seat> free;

    Lane(Requirement requirement, RoutingStrategy strategy) {
        this.requirement = requirement;
        free = new TreeSet<>(order(strategy));
    }

    final Comparator<Seat> order(RoutingStrategy strategy) {
        var order = strategy.order();
        Comparator<Seat> byStrategy = (a, b) -> {
            int sign = order.compare(a.candidate, b.candidate);
            return sign != 0 ? sign : a.person.id.value().compareTo(b.person.id.value());
        };
        return requirement.best()
                ? Comparator.<Seat>comparingInt(seat -> -requirement.fit(seat.person.facts.skills()))
                        .thenComparing(byStrategy)
                : byStrategy;
    }
}
