package dev.tandem.webacd.internal.engine;

import java.util.ArrayList;
import java.util.List;

import dev.tandem.webacd.Candidate;

/** An agent's place in a queue. It is sorted by its candidate, which changes only while the seat is not listed. */
final class Seat {
    final Person person;
    final Line line;
    final int rank;

    /** The queue's lanes whose demands this agent meets. */
    final List<Lane> lanes = new ArrayList<>(1);

    /** Whether the agent is free, so that the seat stands in those lanes. */
    boolean listed;

    Candidate candidate;

    Seat(Person person, Line line, int rank) {
        this.person = person;
        this.line = line;
        this.rank = rank;
        look();
    }

    void look() {
        candidate = new Candidate(
                person.id, rank, person.load(), person.facts.capacity(), person.idleSince, person.lastOffered(line.id));
    }
}
