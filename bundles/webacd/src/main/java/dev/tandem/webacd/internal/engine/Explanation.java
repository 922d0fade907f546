package dev.tandem.webacd.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.tandem.webacd.Candidate;

/**
 * Why an item was offered to whom it was. It holds what was at the time of the decision; words are made of it only for
 * whoever asks, on any thread.
 */
public final class Explanation {
    /** When nobody asks for one. */
    public static final Explanation NONE = new Explanation("", Requirement.ANYBODY, List.of(), 0);

    /** An agent as they were. All of it is immutable. */
    record Seen(Candidate candidate, AgentFacts facts, Reason reason, String detail) {}

    private final String strategy;
    private final Requirement requirement;
    private final List<Seen> seen;
    private final int more;

    Explanation(String strategy, Requirement requirement, List<Seen> seen, int more) {
        this.strategy = strategy;
        this.requirement = requirement;
        this.seen = seen;
        this.more = more;
    }

    /** By which agents were ordered; empty for agents by name. */
    public String strategy() {
        return strategy;
    }

    /** Who was asked, then who could have been, in order, then the others by id. */
    public List<Considered> considered() {
        var told = new ArrayList<Considered>(seen.size());
        for (var one : seen) {
            told.add(told(one, told.size() + 1));
        }
        return List.copyOf(told);
    }

    /** How many others there were. */
    public int more() {
        return more;
    }

    private Considered told(Seen one, int place) {
        var detail =
                switch (one.reason()) {
                    case CHOSEN, ORDER -> String.valueOf(place);
                    case SKILL_MISSING -> requirement.missing(one.facts().skills());
                    default -> one.detail();
                };
        var candidate = one.candidate();
        return new Considered(
                candidate.agent(),
                one.reason(),
                candidate.rank(),
                candidate.active(),
                candidate.capacity(),
                candidate.idleSince(),
                candidate.offeredLast(),
                requirement.fit(one.facts().skills()),
                detail);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Explanation that
                && strategy.equals(that.strategy)
                && more == that.more
                && considered().equals(that.considered());
    }

    @Override
    public int hashCode() {
        return Objects.hash(strategy, more, seen.size());
    }

    @Override
    public String toString() {
        return "Explanation[" + strategy + ", " + considered() + ", more " + more + "]";
    }
}
