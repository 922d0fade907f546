package dev.tandem.web.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Services that each have a name: of several with the same one the first that came serves, the others wait until it goes.
 * Thread-safe.
 */
public final class FirstCome<S> {
    private final Map<String, List<S>> byName = new HashMap<>();

    /** @return false if it has to wait */
    public synchronized boolean add(String name, S service) {
        var same = byName.computeIfAbsent(name, n -> new ArrayList<>());
        same.add(service);
        return same.size() == 1;
    }

    public synchronized void remove(String name, S service) {
        byName.getOrDefault(name, List.of()).remove(service);
    }

    /** The one that serves under that name now. */
    public synchronized Optional<S> find(String name) {
        return byName.getOrDefault(name, List.of()).stream().findFirst();
    }
}
