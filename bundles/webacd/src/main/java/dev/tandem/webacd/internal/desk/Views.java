package dev.tandem.webacd.internal.desk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.webacd.WorkItem;

/** What REST and the live channel show agents, supervisors and customers of work. */
public final class Views {
    private Views() {}

    /**
     * An agent's work.
     *
     * @param topic to be told of changes, on the live channel
     * @param webacd whether WebACD gives this agent work at all; everything else is empty if not
     * @param absent why the agent gets none although available: {@code no-answer}, {@code gone}
     */
    public record MyView(
            String topic,
            boolean webacd,
            Optional<String> absent,
            int capacity,
            boolean inbound,
            LoadView load,
            List<MyQueue> queues,
            List<OfferView> offers,
            List<WorkView> work) {}

    /** How much an agent has. @param other sessions that WebACD has not given, and which count all the same */
    public record LoadView(long offered, long assigned, long wrapUp, long other) {}

    /** A queue that the agent works for. @param pick whether the agent may pick from it */
    public record MyQueue(UUID id, String slug, String name, int rank, boolean open, boolean pick, long waiting) {}

    /**
     * What is offered.
     *
     * @param id of the offer
     * @param queue empty if the agent was chosen by name
     * @param reason a colleague's message; may be empty
     * @param by the colleague who passes it on
     * @param others how many are asked besides
     * @param since when the customer began to wait
     */
    public record OfferView(
            UUID id,
            UUID item,
            Optional<NamedQueue> queue,
            String name,
            String company,
            String language,
            String reason,
            Optional<String> by,
            List<AnswerView> answers,
            CardView card,
            int others,
            Instant since,
            Instant until) {}

    public record NamedQueue(UUID id, String name) {}

    /** An answer of the entry form. @param label by language; empty if the form has no such question any more */
    public record AnswerView(String key, Map<String, String> label, String text) {}

    /** What the source shows. @param open where who accepts goes */
    public record CardView(List<SaidView> said, Optional<String> open) {}

    public record SaidView(Instant at, String by, String text) {}

    /** What the agent has. @param source what sort of work; {@code session} */
    public record WorkView(
            UUID item,
            WorkItem.State state,
            String source,
            String sourceId,
            Optional<NamedQueue> queue,
            String name,
            String company,
            String reason,
            Optional<String> by,
            List<AnswerView> answers,
            Instant since,
            Optional<Instant> assignedAt,
            Optional<Instant> wrapUpUntil) {}

    /** One who waits, for those who may pick. */
    public record WaitingView(
            UUID item, int place, String name, String company, String language, int priority, Instant since) {}

    public record WaitingList(List<WaitingView> items) {}

    /** What was decided about an item, and why. @param now why nobody is asked just now; only known at the router's node */
    public record Explanations(UUID item, WorkItem.State state, List<RoundView> rounds, Optional<WhyView> now) {}

    /** One round of offers. */
    public record RoundView(UUID offer, Instant at, Instant until, List<String> asked, WhyView why) {}

    /** @param strategy empty for agents by name. @param more how many were not written down */
    public record WhyView(String strategy, List<ConsideredView> considered, long more) {}

    /** @param reason permanent word: CHOSEN, ORDER, FULL … @param values that counted, as text */
    public record ConsideredView(String agent, String name, String reason, Map<String, String> values) {}

    /** What a customer who waits may know. */
    public record WaitView(
            WorkItem.State state, Optional<String> queue, Optional<Integer> position, Optional<Long> waitSeconds) {}
}
