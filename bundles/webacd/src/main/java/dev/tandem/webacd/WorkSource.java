package dev.tandem.webacd;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;

/** Where work comes from. Published by whoever submits it, to say what an agent who is asked should see. */
@ConsumerType
public interface WorkSource {
    /** The kind, lower-case letters and hyphens, for ever: {@code transfer}. */
    String kind();

    /**
     * What the offer shows beside name, company, form and reason. Asked when an offer is shown, so it answers soon; an
     * exception costs the offer no more than the card.
     */
    Card card(WorkItem item);

    /**
     * What an agent sees of a work item.
     *
     * @param said the conversation so far, oldest first; who shows it may leave out the oldest
     * @param open where an agent who has accepted goes, a path on this server
     */
    record Card(List<Said> said, Optional<String> open) {
        public Card {
            said = List.copyOf(said);
        }
    }

    /**
     * A line of a conversation.
     *
     * @param by a name
     */
    record Said(Instant at, String by, String text) {}
}
