package dev.tandem.webacd.internal.desk;

import java.util.Optional;

import dev.tandem.journal.Refusal;
import dev.tandem.platform.Agent;
import dev.tandem.webacd.WorkItem;

/** Gives an agent the work that the agent has just got, so that it is there when the answer is. Published as a service. */
public interface Taker {
    /** The kind of the source. */
    String kind();

    /** What is not done here is done by who hears of the event. @return why it cannot be done at all */
    Optional<Refusal> assigned(WorkItem item, Agent to);
}
