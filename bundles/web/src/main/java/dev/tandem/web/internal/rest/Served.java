package dev.tandem.web.internal.rest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

import org.osgi.service.component.annotations.Component;

import dev.tandem.web.ServedPaths;

/**
 * The hub's list of what it serves, in a component of its own: a resource may need it, and the hub takes that resource
 * in.
 */
@Component(service = {Served.class, ServedPaths.class})
public final class Served implements ServedPaths {
    private final SortedMap<String, Class<?>> resources = new TreeMap<>();

    @Override
    public synchronized SortedMap<String, Class<?>> resources() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(resources));
    }

    synchronized void begins(String path, Class<?> resource) {
        resources.put(path, resource);
    }

    synchronized void ends(String path) {
        resources.remove(path);
    }
}
