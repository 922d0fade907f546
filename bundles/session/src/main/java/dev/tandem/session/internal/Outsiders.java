package dev.tandem.session.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Personal;

/** The links for outside viewers that are good now, the earliest first; immutable. */
record Outsiders(List<Link> links) {
    static final Outsiders NONE = new Outsiders(List.of());

    /**
     * A link.
     *
     * @param viewer its id, and that of the participant who comes by it
     * @param name what the agent calls the viewer
     * @param before what its URL begins with, the token follows
     */
    record Link(UUID viewer, Personal.Ref name, String before) {}

    Optional<Link> link(UUID viewer) {
        return links.stream().filter(l -> l.viewer().equals(viewer)).findFirst();
    }

    Outsiders with(Link link) {
        var more = new ArrayList<>(links);
        more.add(link);
        return new Outsiders(List.copyOf(more));
    }

    Outsiders without(UUID viewer) {
        return new Outsiders(
                links.stream().filter(l -> !l.viewer().equals(viewer)).toList());
    }
}
