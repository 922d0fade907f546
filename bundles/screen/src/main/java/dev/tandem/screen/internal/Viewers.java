package dev.tandem.screen.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The pages and sinks that watch one session, taken together. Guarded by its stream's lock. One that goes while something is
 * sent to all, since its line breaks just then, disturbs nobody else: who comes or goes makes a new list.
 */
final class Viewers implements Iterable<ViewerLine> {
    private List<ViewerLine> lines = List.of();

    @Override
    public Iterator<ViewerLine> iterator() {
        return lines.iterator();
    }

    void add(ViewerLine line) {
        var more = new ArrayList<>(lines);
        more.add(line);
        lines = List.copyOf(more);
    }

    boolean remove(ViewerLine line) {
        return !removeIf(line::equals).isEmpty();
    }

    /** @return those that were removed */
    List<ViewerLine> removeIf(Predicate<ViewerLine> gone) {
        var removed = lines.stream().filter(gone).toList();
        if (!removed.isEmpty()) {
            lines = lines.stream().filter(line -> !removed.contains(line)).toList();
        }
        return removed;
    }

    void clear() {
        lines = List.of();
    }

    boolean contains(ViewerLine line) {
        return lines.contains(line);
    }

    /** Pages. */
    int count() {
        int pages = 0;
        for (var line : lines) {
            pages += line.page() ? 1 : 0;
        }
        return pages;
    }

    /** Pages that somebody can see, and sinks. */
    int looking() {
        int looking = 0;
        for (var line : lines) {
            looking += line.looking() ? 1 : 0;
        }
        return looking;
    }

    int sinks() {
        return lines.size() - count();
    }

    /** Pages that somebody can see. */
    int pagesLooking() {
        int looking = 0;
        for (var line : lines) {
            looking += line.page() && line.looking() ? 1 : 0;
        }
        return looking;
    }

    /**
     * What each of them can decode. Never empty: viewers that have nothing in common are given what all that do not say
     * otherwise can decode.
     */
    Set<Codec> codecs(long now) {
        var said = lines.stream()
                .map(line -> line.codecs(now))
                .flatMap(Optional::stream)
                .toList();
        var common = said.isEmpty() ? EnumSet.noneOf(Codec.class) : EnumSet.allOf(Codec.class);
        said.forEach(common::retainAll);
        return common.isEmpty() ? Codec.UNSAID : common;
    }

    /** The page for which most bytes wait, if for anybody some do. What a sink may hold has a bound of its own. */
    Optional<ViewerLine> slowest() {
        return lines.stream()
                .filter(line -> line.page() && line.peer().waiting() > 0)
                .max(Comparator.comparingLong(line -> line.peer().waiting()));
    }

    boolean anyWantsKey() {
        for (var line : lines) {
            if (line.wantsKey()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the sender may go on: the fastest of the people who look keeps up, or nobody looks. A sink is always fast, so
     * it counts only when nobody else looks: otherwise a recording would flood those with a slow line.
     */
    boolean keepUp(long now) {
        boolean people = pagesLooking() > 0;
        boolean any = false;
        for (var line : lines) {
            if (line.looking() && line.page() == people) {
                if (!line.behind(now)) {
                    return true;
                }
                any = true;
            }
        }
        return !any;
    }

    void text(String json) {
        for (var line : lines) {
            line.text(json);
        }
    }
}
