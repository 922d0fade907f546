package dev.tandem.web.internal.rest;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Component;

import dev.tandem.web.ServedPaths;

/**
 * The hub's list of what it serves, in a component of its own: a resource may need it, and the hub takes that resource
 * in.
 */
@Component(service = {Served.class, ServedPaths.class})
public final class Served implements ServedPaths {
    private final SortedMap<String, Class<?>> resources = new TreeMap<>();
    /** Asked at each request, changed hardly ever. */
    private final Set<String> streaming = new CopyOnWriteArraySet<>();
    /** What may be read with a ticket, below {@code /api}, by the resource's path. */
    private final Map<String, List<Pattern>> downloads = new ConcurrentHashMap<>();

    @Override
    public synchronized SortedMap<String, Class<?>> resources() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(resources));
    }

    /** Whether bodies that are sent to this path, below {@code /api}, are the resource's to read and to bound. */
    boolean streams(String path) {
        return path != null
                && streaming.stream()
                        .anyMatch(one -> path.startsWith(one)
                                && (path.length() == one.length() || path.charAt(one.length()) == '/'));
    }

    /** Whether this path, below {@code /api}, is one that its resource lets browsers save. */
    boolean downloads(String path) {
        return downloads.values().stream().flatMap(List::stream).anyMatch(one -> one.matcher(path)
                .matches());
    }

    private static Pattern pattern(String path, String template) {
        var steps = Arrays.stream(template.split("/", -1))
                .map(step -> step.matches("\\{[A-Za-z]+}") ? "[0-9A-Za-z_-]+" : Pattern.quote(step))
                .collect(Collectors.joining("/"));
        return Pattern.compile(Pattern.quote(path) + "/" + steps);
    }

    synchronized void begins(String path, Class<?> resource, boolean streams, List<String> templates) {
        resources.put(path, resource);
        downloads.put(path, templates.stream().map(one -> pattern(path, one)).toList());
        if (streams) {
            streaming.add(path);
        } else {
            streaming.remove(path);
        }
    }

    synchronized void ends(String path) {
        resources.remove(path);
        streaming.remove(path);
        downloads.remove(path);
    }
}
