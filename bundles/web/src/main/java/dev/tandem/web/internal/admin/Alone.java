package dev.tandem.web.internal.admin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.platform.SiteId;

/** What each node does alone for whole sites, for whoever looks at the nodes. */
public final class Alone {
    /** So many sites are named; of more it is said how many they are. */
    static final int MOST_NAMED = 100;

    /**
     * A lease that a node holds for sites.
     *
     * @param what the lease's name, such as {@code router}
     * @param sites the first of them by name
     * @param count how many they are
     */
    public record Duty(String what, List<String> sites, int count) {
        static Duty of(String what, List<String> sites) {
            return new Duty(what, List.copyOf(sites.subList(0, Math.min(MOST_NAMED, sites.size()))), sites.size());
        }
    }

    private final Leases leases;

    public Alone(Leases leases) {
        this.leases = leases;
    }

    /** By node; each node's by name. */
    public Map<UUID, List<Duty>> duties(Predicate<SiteId> told) {
        return leases.ofSites().stream()
                .filter(lease -> told.test(lease.site()))
                .collect(Collectors.groupingBy(
                        Lease::node, Collectors.collectingAndThen(Collectors.toList(), Alone::byName)));
    }

    private static List<Duty> byName(List<Lease> held) {
        var names = held.stream()
                .collect(Collectors.groupingBy(
                        Lease::name,
                        TreeMap::new,
                        Collectors.mapping(lease -> lease.site().value(), Collectors.toList())));
        return names.entrySet().stream()
                .map(one ->
                        Duty.of(one.getKey(), one.getValue().stream().sorted().toList()))
                .toList();
    }
}
