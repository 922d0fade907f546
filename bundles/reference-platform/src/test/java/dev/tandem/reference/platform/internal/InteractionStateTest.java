package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;
import org.quicktheories.core.Gen;

import dev.tandem.journal.Decision;
import dev.tandem.journal.Personal;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.Interaction.State;
import dev.tandem.reference.platform.internal.InteractionEvent.Arrived;
import dev.tandem.reference.platform.internal.InteractionEvent.Said;

/** Whatever is tried in whatever order, an interaction goes only forward and its story stays sound. */
public class InteractionStateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Personal.Ref REF = new Personal.Ref(new UUID(1, 2), "00");

    private enum Step {
        ARRIVE_FOR_ANNA,
        ARRIVE_FOR_ALL,
        CHAT_FOR_ANNA,
        CHAT_FOR_ALL,
        ANNA_ACCEPTS,
        BEN_ACCEPTS,
        ANNA_ENDS,
        BEN_ENDS,
        ANNA_SAYS,
        BEN_SAYS,
        CUSTOMER_SAYS,
        CUSTOMER_LEAVES,
        RING_IS_OVER,
        OTHER_DEADLINE
    }

    @Test
    public void anyOrderOfStepsKeepsTheStorySound() {
        Gen<List<Step>> stories = lists().of(arbitrary().enumValues(Step.class)).ofSizeBetween(0, 30);
        qt().withExamples(3_000).forAll(stories).checkAssert(InteractionStateTest::play);
    }

    private static void play(List<Step> steps) {
        var state = InteractionState.INITIAL;
        var story = new ArrayList<InteractionEvent>();
        for (var step : steps) {
            var before = state;
            var decision = decide(state, step);
            if (decision instanceof Decision.Accepted<InteractionEvent, ?> accepted) {
                for (var event : accepted.events()) {
                    check(state, event);
                    state = state.evolve(event);
                    story.add(event);
                }
                boolean rings = state.is(State.RINGING);
                boolean changed = !before.phase().equals(state.phase());
                assertEquals(
                        "the ring's deadline is set or cancelled with each change of phase",
                        changed,
                        accepted.deadlines().stream()
                                .anyMatch(d -> d.name().equals(InteractionState.RING) && d.at().isPresent() == rings));
            }
            assertTrue("a state never goes back", rank(state) >= rank(before));
        }
        assertEquals(state, story.stream().reduce(InteractionState.INITIAL, InteractionState::evolve, (a, b) -> b));
    }

    private static void check(InteractionState before, InteractionEvent event) {
        if (event instanceof Arrived) {
            assertTrue("it arrives once", before.phase().isEmpty());
        } else if (event instanceof InteractionEvent.Accepted accepted) {
            assertTrue("only what rings is taken", before.is(State.RINGING));
            assertTrue(
                    "only by whom it rings for",
                    before.agent().isEmpty() || before.agent().get().equals(accepted.agent()));
        } else if (event instanceof Said said) {
            assertEquals("messages are numbered without gaps", before.messages() + 1, said.number());
            assertEquals(Interaction.Kind.CHAT, before.kind());
            assertTrue("nobody writes after the end", !before.is(State.ENDED));
            assertTrue("an agent writes only in what was taken", said.agent().isEmpty() || before.is(State.ACTIVE));
        } else {
            assertTrue("it ends once", before.is(State.RINGING) || before.is(State.ACTIVE));
        }
    }

    private static Decision<InteractionEvent, ?> decide(InteractionState state, Step step) {
        return switch (step) {
            case ARRIVE_FOR_ANNA -> arrive(state, Interaction.Kind.CALL, Optional.of("anna"));
            case ARRIVE_FOR_ALL -> arrive(state, Interaction.Kind.CALL, Optional.empty());
            case CHAT_FOR_ANNA -> arrive(state, Interaction.Kind.CHAT, Optional.of("anna"));
            case CHAT_FOR_ALL -> arrive(state, Interaction.Kind.CHAT, Optional.empty());
            case ANNA_ACCEPTS -> state.accept("anna");
            case BEN_ACCEPTS -> state.accept("ben");
            case ANNA_ENDS -> state.end("anna");
            case BEN_ENDS -> state.end("ben");
            case ANNA_SAYS -> state.sayAsAgent("anna", REF);
            case BEN_SAYS -> state.sayAsAgent("ben", REF);
            case CUSTOMER_SAYS -> state.sayAsCustomer(REF);
            case CUSTOMER_LEAVES -> state.leave();
            case RING_IS_OVER -> state.due(InteractionState.RING);
            case OTHER_DEADLINE -> state.due("other");
        };
    }

    private static Decision<InteractionEvent, ?> arrive(
            InteractionState state, Interaction.Kind kind, Optional<String> ringsFor) {
        var words = kind == Interaction.Kind.CHAT ? Optional.of(REF) : Optional.<Personal.Ref>empty();
        return state.arrive(
                "id", new Arrived(kind, ringsFor, "customer:1", REF, REF), words, NOW, Duration.ofMinutes(1));
    }

    private static int rank(InteractionState state) {
        return state.phase().map(phase -> phase.ordinal() + 1).orElse(0);
    }

    @Test
    public void ofTwoWhoAcceptOneWinsAndTheOtherIsTold() {
        var ringing = after(arrive(InteractionState.INITIAL, Interaction.Kind.CALL, Optional.empty()));
        var taken = ringing.evolve(new InteractionEvent.Accepted("anna"));
        assertEquals("interaction-taken", code(taken.accept("ben")));
        assertTrue("a repeat changes nothing", events(taken.accept("anna")).isEmpty());
    }

    @Test
    public void whatRingsForOneIsUnknownToOthers() {
        var ringing = after(arrive(InteractionState.INITIAL, Interaction.Kind.CALL, Optional.of("anna")));
        assertEquals("unknown", code(ringing.accept("ben")));
        assertEquals("unknown", code(ringing.end("ben")));
        var taken = ringing.evolve(new InteractionEvent.Accepted("anna"));
        assertEquals("unknown", code(taken.accept("ben")));
        assertEquals("unknown", code(taken.end("ben")));
    }

    @Test
    public void aChatTakesOnlySoManyMessages() {
        var chat = new InteractionState(
                Optional.of(State.ACTIVE),
                Interaction.Kind.CHAT,
                Optional.of("anna"),
                false,
                "customer:1",
                InteractionState.MOST_MESSAGES);
        assertEquals("chat-full", code(chat.sayAsCustomer(REF)));
    }

    private static InteractionState after(Decision<InteractionEvent, ?> decision) {
        return events(decision).stream().reduce(InteractionState.INITIAL, InteractionState::evolve, (a, b) -> b);
    }

    private static List<InteractionEvent> events(Decision<InteractionEvent, ?> decision) {
        return ((Decision.Accepted<InteractionEvent, ?>) decision).events();
    }

    private static String code(Decision<InteractionEvent, ?> decision) {
        return ((Decision.Refused<InteractionEvent, ?>) decision).refusal().code();
    }
}
