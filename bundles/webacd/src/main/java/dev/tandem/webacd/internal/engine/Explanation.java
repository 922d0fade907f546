package dev.tandem.webacd.internal.engine;

import java.util.List;

/**
 * Why an item was offered to whom it was.
 *
 * @param strategy by which agents were ordered, empty for agents by name
 * @param considered who was asked, then who could have been, in order, then the others by id
 * @param more how many others there were
 */
public record Explanation(String strategy, List<Considered> considered, int more) {
    /** When nobody asks for one. */
    public static final Explanation NONE = new Explanation("", List.of(), 0);

    public Explanation {
        considered = List.copyOf(considered);
    }
}
