package dev.tandem.webacd.internal.work;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Personal;

/**
 * What is stored of a work item. Shapes are for ever: fields are only added. The customer's name, the reason, the form's
 * answers and the attributes stand in personal rows.
 */
public sealed interface WorkFact {
    /** Why an item was given up at once: what it stands for refuses to be handed over. */
    String NOT_HANDED_OVER = "not-handed-over";
    /** The same since nobody could say, which is not the last word on the request. */
    String BUSY = "busy";
    /** Reasons for which nobody has gone: there was nobody to wait. */
    Set<String> NEVER_CAME_ABOUT = Set.of(NOT_HANDED_OVER, BUSY);

    EventTypes<WorkFact> TYPES = EventTypes.<WorkFact>none()
            .with("work-item.submitted.v1", Submitted.class)
            .with("work-item.offered.v1", Offered.class)
            .with("work-item.widened.v1", Widened.class)
            .with("work-item.accepted.v1", Accepted.class)
            .with("work-item.declined.v1", Declined.class)
            .with("work-item.unanswered.v1", Unanswered.class)
            .with("work-item.withdrawn.v1", Withdrawn.class)
            .with("work-item.moved.v1", Moved.class)
            .with("work-item.pick-asked.v1", PickAsked.class)
            .with("work-item.pick-granted.v1", PickGranted.class)
            .with("work-item.pick-refused.v1", PickRefused.class)
            .with("work-item.given-back.v1", GivenBack.class)
            .with("work-item.passed.v1", Passed.class)
            .with("work-item.told.v1", Told.class)
            .with("work-item.wrap-up.v1", WrapUp.class)
            .with("work-item.done.v1", Done.class)
            .with("work-item.abandoned.v1", Abandoned.class)
            .with("work-item.expired.v1", Expired.class);

    /**
     * It waits from now on: in a queue, or for one of some agents.
     *
     * @param source what sort of work it is: {@code session}
     * @param sourceId what it is about, in the source's words
     * @param queue empty if agents are named
     * @param agents who may have it; empty for a queue
     * @param key the earlier the sooner its turn: when it was submitted, less what its priority is worth
     * @param waitUntil when it has waited long enough
     * @param limit how many may wait in the queue, itself among them; empty for any number
     * @param company unless it is one of the answers
     * @param by the agent who asked for it, if one did
     * @param answers the form's answers as a JSON object
     * @param attributes further attributes as a JSON object
     * @param command by which it was submitted, so that a repeat finds it
     */
    record Submitted(
            String source,
            String sourceId,
            Optional<UUID> queue,
            List<String> agents,
            int priority,
            Map<String, Integer> skills,
            Optional<String> preferred,
            Instant key,
            Optional<Instant> waitUntil,
            Optional<Integer> limit,
            String language,
            Optional<String> company,
            Optional<String> by,
            Optional<Personal.Ref> name,
            Optional<Personal.Ref> reason,
            Optional<Personal.Ref> answers,
            Optional<Personal.Ref> attributes,
            Optional<UUID> command,
            Instant at)
            implements WorkFact {}

    /** It is offered to an agent, or to several of whom the first to accept has it. */
    record Offered(UUID offer, List<String> agents, Instant at, Instant until, Why why) implements WorkFact {}

    /** Those are asked, too, for as long as the others of that offer: what everybody is asked for. */
    record Widened(UUID offer, List<String> agents, Instant at) implements WorkFact {}

    /**
     * Why these.
     *
     * @param considered whom the router has looked at, with reasons
     * @param more how many were not written down
     */
    record Why(String strategy, List<Considered> considered, long more) {
        static final Why NONE = new Why("", List.of(), 0);
    }

    /**
     * An agent as they were. Stored as an array, in this order: there are up to a hundred of them in an offer.
     *
     * @param reason permanent word: {@code CHOSEN}, {@code FULL}
     * @param rank of the queue for the agent; 0 for agents by name
     * @param fit the sum of the levels in the skills that are wanted
     * @param idleSince in milliseconds since 1970; 0 if it is not known
     * @param offeredLast the same
     * @param detail what the reason needs for words; may be empty
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"agent", "reason", "rank", "active", "capacity", "fit", "idleSince", "offeredLast", "detail"})
    record Considered(
            String agent,
            String reason,
            int rank,
            int active,
            int capacity,
            int fit,
            long idleSince,
            long offeredLast,
            String detail) {
        /** By their names; what is not known is left out. */
        public Map<String, String> values() {
            var values = new LinkedHashMap<String, String>();
            values.put("rank", Integer.toString(rank));
            values.put("active", Integer.toString(active));
            values.put("capacity", Integer.toString(capacity));
            values.put("fit", Integer.toString(fit));
            if (idleSince > 0) {
                values.put("idleSince", Instant.ofEpochMilli(idleSince).toString());
            }
            if (offeredLast > 0) {
                values.put("offeredLast", Instant.ofEpochMilli(offeredLast).toString());
            }
            if (!detail.isEmpty()) {
                values.put("detail", detail);
            }
            return values;
        }
    }

    /** The first to accept has it; it is withdrawn from the others by this. */
    record Accepted(UUID offer, String agent, Instant at) implements WorkFact {}

    record Declined(UUID offer, String agent, Instant at) implements WorkFact {}

    /** Those agents have not answered in time. */
    record Unanswered(UUID offer, List<String> agents, Instant at) implements WorkFact {}

    /** @param why permanent word: {@code page-closed}, {@code presence}, {@code router} */
    record Withdrawn(UUID offer, List<String> agents, String why, Instant at) implements WorkFact {}

    /**
     * It waits in another queue from now on; an open offer is withdrawn by this.
     *
     * @param why permanent word: {@code overflow}, {@code nobody-accepted}, {@code moved}
     */
    record Moved(Optional<UUID> from, UUID queue, String why, Instant key, Optional<Instant> waitUntil, Instant at)
            implements WorkFact {}

    record PickAsked(UUID pick, String agent, Instant at) implements WorkFact {}

    record PickGranted(UUID pick, String agent, Instant at) implements WorkFact {}

    record PickRefused(UUID pick, String why, Instant at) implements WorkFact {}

    /** Who had it could not take it; it waits again with its first waiting time. */
    record GivenBack(String agent, String why, Instant at) implements WorkFact {}

    /** It goes with control of its session to another agent, who did not have to be asked. */
    record Passed(String from, String to, Instant at) implements WorkFact {}

    /** The customer was told. @param seconds the estimated wait */
    record Told(Optional<Integer> position, Optional<Long> seconds, Instant at) implements WorkFact {}

    /** The work is over; who had it finishes it up. */
    record WrapUp(String agent, Instant until, Instant at) implements WorkFact {}

    record Done(String agent, Instant at) implements WorkFact {}

    /** @param why permanent word: {@code customer-left}, or one of {@link #NEVER_CAME_ABOUT} */
    record Abandoned(String why, Instant at) implements WorkFact {}

    /** It has waited long enough. */
    record Expired(Instant at) implements WorkFact {}
}
