package dev.tandem.itests.faults;

import java.util.List;
import java.util.UUID;

/** An operation with its attempts, the first one first. The last outcome is the operation's. */
record Operation(List<Attempt> attempts) {
    Operation {
        attempts = List.copyOf(attempts);
    }

    Attempt first() {
        return attempts.get(0);
    }

    Attempt last() {
        return attempts.get(attempts.size() - 1);
    }

    boolean is(Attempt.What what) {
        return first().what() == what;
    }

    boolean acknowledged() {
        return last().outcome() == Attempt.Outcome.ACKNOWLEDGED;
    }

    /** The work was given, and what it was about had ended by then: the agent is told so, and it is done. */
    boolean takenInVain() {
        return is(Attempt.What.TAKE_OFFER) && refused() && last().code().equals("session-ended");
    }

    /** Whether the journal may know its id although it was refused. */
    boolean remembersRefusals() {
        return is(Attempt.What.TAKE_OFFER)
                || is(Attempt.What.DECLINE_OFFER)
                || is(Attempt.What.FINISH)
                || is(Attempt.What.ENTER);
    }

    boolean refused() {
        return last().outcome() == Attempt.Outcome.REFUSED;
    }

    UUID command() {
        return first().command();
    }

    @Override
    public String toString() {
        return first().client() + "'s " + first().what() + " " + first().value() + " on " + first().on() + " (command "
                + command() + ", " + attempts.size() + " attempts, " + last().outcome() + " " + last().status() + " "
                + last().code() + ")";
    }
}
