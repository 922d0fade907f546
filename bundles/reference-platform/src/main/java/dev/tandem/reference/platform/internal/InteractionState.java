package dev.tandem.reference.platform.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.platform.Interaction;
import dev.tandem.reference.platform.internal.InteractionEvent.End;
import dev.tandem.reference.platform.internal.InteractionEvent.Side;

/**
 * A call or chat and what may happen to it: it rings, one agent takes it, it ends. In a chat both sides write, the
 * customer also while it rings.
 *
 * @param phase where it stands; empty before it arrived
 * @param agent the only one it rings for, then who has taken it
 * @param forAll whether it rang for everybody of the site
 * @param messages how many messages the chat has
 */
record InteractionState(
        Optional<Interaction.State> phase,
        Interaction.Kind kind,
        Optional<String> agent,
        boolean forAll,
        String customer,
        long messages) {

    static final String RING = "ring";

    /** No person writes that many; a programme with a visitor's link might. */
    static final long MOST_MESSAGES = 5_000;

    static final InteractionState INITIAL =
            new InteractionState(Optional.empty(), Interaction.Kind.CALL, Optional.empty(), false, "", 0);

    /** The answer to whoever let it arrive, also when asked again. */
    record Arrival(String interaction) {}

    /** The answer to a message: its number. */
    record Number(long number) {}

    InteractionState evolve(InteractionEvent event) {
        if (event instanceof InteractionEvent.Arrived arrived) {
            return new InteractionState(
                    Optional.of(Interaction.State.RINGING),
                    arrived.kind(),
                    arrived.ringsFor(),
                    arrived.ringsFor().isEmpty(),
                    arrived.customer(),
                    messages);
        }
        if (event instanceof InteractionEvent.Accepted accepted) {
            return new InteractionState(
                    Optional.of(Interaction.State.ACTIVE),
                    kind,
                    Optional.of(accepted.agent()),
                    forAll,
                    customer,
                    messages);
        }
        if (event instanceof InteractionEvent.Said said) {
            return new InteractionState(phase, kind, agent, forAll, customer, said.number());
        }
        return new InteractionState(Optional.of(Interaction.State.ENDED), kind, agent, forAll, customer, messages);
    }

    boolean is(Interaction.State state) {
        return phase.equals(Optional.of(state));
    }

    /**
     * It arrives, a chat perhaps with the customer's first words.
     *
     * @param id its own id, for the answer
     */
    Decision<InteractionEvent, Arrival> arrive(
            String id,
            InteractionEvent.Arrived arrived,
            Optional<Personal.Ref> firstWords,
            Instant now,
            Duration ring) {
        if (phase.isPresent()) {
            return Decision.refuse(Reason.CONFLICT, "interaction-exists", "That interaction has arrived already.");
        }
        var events = new java.util.ArrayList<InteractionEvent>(List.of(arrived));
        firstWords.ifPresent(words -> events.add(new InteractionEvent.Said(1, Side.CUSTOMER, Optional.empty(), words)));
        return Decision.accept(events, new Arrival(id)).wake(RING, now.plus(ring));
    }

    Decision<InteractionEvent, None> accept(String who) {
        if (is(Interaction.State.RINGING) && (forAll || mine(who))) {
            return Decision.<InteractionEvent>accept(List.of(new InteractionEvent.Accepted(who)))
                    .calm(RING);
        }
        if (is(Interaction.State.ACTIVE) && mine(who)) {
            return Decision.nothing();
        }
        if (is(Interaction.State.ACTIVE) && forAll) {
            return Decision.refuse(Reason.CONFLICT, "interaction-taken", "A colleague has taken it.");
        }
        return is(Interaction.State.ENDED) && (forAll || mine(who)) ? ended() : unknown();
    }

    /** The agent ends it, or declines one that rings for nobody else. */
    Decision<InteractionEvent, None> end(String who) {
        if (!mine(who)) {
            return is(Interaction.State.RINGING) && forAll
                    ? Decision.refuse(Reason.CONFLICT, "interaction-not-taken", "It rings for colleagues too.")
                    : unknown();
        }
        return is(Interaction.State.ENDED) ? Decision.nothing() : over(End.AGENT);
    }

    Decision<InteractionEvent, None> leave() {
        return is(Interaction.State.ENDED) ? Decision.nothing() : over(End.CUSTOMER);
    }

    Decision<InteractionEvent, Number> sayAsCustomer(Personal.Ref text) {
        return is(Interaction.State.ENDED) ? ended() : say(Side.CUSTOMER, Optional.empty(), text);
    }

    /** Whoever may write for that agent has been judged before: an assistant may, in a session on this chat. */
    Decision<InteractionEvent, Number> sayAsAgent(String who, Personal.Ref text) {
        if (is(Interaction.State.ENDED)) {
            return ended();
        }
        return is(Interaction.State.ACTIVE) ? say(Side.AGENT, Optional.of(who), text) : unknown();
    }

    Decision<InteractionEvent, None> due(String deadline) {
        return deadline.equals(RING) && is(Interaction.State.RINGING) ? over(End.UNANSWERED) : Decision.nothing();
    }

    boolean mine(String who) {
        return agent.equals(Optional.of(who));
    }

    private Decision<InteractionEvent, Number> say(Side side, Optional<String> who, Personal.Ref text) {
        if (phase.isEmpty()) {
            return unknown();
        }
        if (kind != Interaction.Kind.CHAT) {
            return Decision.refuse(Reason.CONFLICT, "not-a-chat", "That is a call; nobody can write in it.");
        }
        if (messages >= MOST_MESSAGES) {
            return Decision.refuse(Reason.CONFLICT, "chat-full", "This chat has as many messages as it can hold.");
        }
        long number = messages + 1;
        return Decision.accept(List.of(new InteractionEvent.Said(number, side, who, text)), new Number(number));
    }

    private Decision<InteractionEvent, None> over(End by) {
        return phase.isEmpty()
                ? unknown()
                : Decision.<InteractionEvent>accept(List.of(new InteractionEvent.Ended(by)))
                        .calm(RING);
    }

    private static <A> Decision<InteractionEvent, A> ended() {
        return Decision.refuse(Reason.CONFLICT, "interaction-ended", "It has ended.");
    }

    private static <A> Decision<InteractionEvent, A> unknown() {
        return Decision.refuse(Reason.UNKNOWN, "unknown", "There is nothing here, or it is not yours to see.");
    }
}
