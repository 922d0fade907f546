package dev.tandem.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The permanent names of a slice's events and the way from older shapes to the current one. Fields are only added to a
 * record; any other change takes a new name and an upcaster from the old one. Immutable.
 *
 * @param <E> the family of events
 */
public final class EventTypes<E> {

    /**
     * The way from a former shape to the next newer one.
     *
     * @param newName the name that the changed JSON has, itself perhaps upcast further
     */
    public record Upcaster(String newName, UnaryOperator<ObjectNode> change) {}

    private final Map<String, Class<? extends E>> classes;
    private final Map<Class<?>, String> names;
    private final Map<String, Upcaster> upcasters;

    private EventTypes(
            Map<String, Class<? extends E>> classes, Map<Class<?>, String> names, Map<String, Upcaster> upcasters) {
        this.classes = Collections.unmodifiableMap(classes);
        this.names = Collections.unmodifiableMap(names);
        this.upcasters = Collections.unmodifiableMap(upcasters);
    }

    /** No events yet, to begin with. */
    public static <E> EventTypes<E> none() {
        return new EventTypes<>(Map.of(), Map.of(), Map.of());
    }

    /** These and one more event. The name reads {@code slice.happened.v1}. */
    public EventTypes<E> with(String name, Class<? extends E> type) {
        var moreClasses = new LinkedHashMap<>(classes);
        var moreNames = new LinkedHashMap<>(names);
        if (moreClasses.put(name, type) != null || moreNames.put(type, name) != null || upcasters.containsKey(name)) {
            throw new IllegalArgumentException(name + " or its class is there already");
        }
        return new EventTypes<>(moreClasses, moreNames, upcasters);
    }

    /** These and a former name with the way to a newer one. */
    public EventTypes<E> formerly(String oldName, String newName, UnaryOperator<ObjectNode> change) {
        var more = new LinkedHashMap<>(upcasters);
        if (classes.containsKey(oldName) || more.put(oldName, new Upcaster(newName, change)) != null) {
            throw new IllegalArgumentException(oldName + " is there already");
        }
        return new EventTypes<>(classes, names, more);
    }

    /** The current event types by name. */
    public Map<String, Class<? extends E>> classes() {
        return classes;
    }

    /** The upcasters by former name. */
    public Map<String, Upcaster> upcasters() {
        return upcasters;
    }

    /** Every name that was ever stored. */
    public Set<String> everyName() {
        var all = new java.util.LinkedHashSet<>(upcasters.keySet());
        all.addAll(classes.keySet());
        return Set.copyOf(all);
    }

    /** The name under which an event is stored. */
    public String nameOf(Object event) {
        var name = names.get(event.getClass());
        if (name == null) {
            throw new IllegalArgumentException(event.getClass() + " is no event of this kind of stream");
        }
        return name;
    }
}
