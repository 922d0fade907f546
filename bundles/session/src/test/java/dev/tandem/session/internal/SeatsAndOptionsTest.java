package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

import dev.tandem.journal.Answer;
import dev.tandem.journal.testing.GoldenEvents;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.ProblemException;

/** Several customers, several sessions, and how many of both. */
public class SeatsAndOptionsTest {
    private final World world = new World();

    @After
    public void close() {
        world.close();
    }

    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(AgentFact.TYPES);
    }

    @Test
    public void W10_W15_eachSeatHasAPinOfItsOwn() {
        var view = world.start();
        var two = seat(view);
        assertEquals(2, two.seats().size());
        assertNotEquals(two.seats().get(0).pin(), two.seats().get(1).pin());
        join(two, 0);
        join(two, 1);
        var now = world.now(view);
        assertEquals(2, customers(now));
        assertTrue(now.seats().stream().allMatch(s -> s.participant().isPresent()));
        assertEquals(
                "the platform knows the first one's name",
                "Marie Dupont",
                now.participants().get(1).name());
        assertEquals("", now.participants().get(2).name());
        problem(404, "unknown", () -> world.seats.more(World.BEN, view.id(), UUID.randomUUID()));
        world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        problem(409, "session-ended", () -> seat(view));
    }

    @Test
    public void aRepeatedSeatIsOpenedOnce() {
        var view = world.start();
        var command = UUID.randomUUID();
        world.seats.more(World.ANNA, view.id(), command);
        assertEquals(2, world.seats.more(World.ANNA, view.id(), command).seats().size());
    }

    @Test
    public void W16_theLimitCountsCustomersOfAllSessionsTheAgentControls() {
        set("session.customers", "2");
        var one = world.start();
        var other = world.start(World.CHAT);
        assertEquals(2, one.limits().customers());
        var two = seat(one);
        problem(409, "too-many-customers", () -> seat(one));
        join(two, 0);
        var elsewhere = world.join(other);
        problem(409, "too-many-customers", () -> join(two, 1));
        assertEquals(Optional.of(world.clock.instant()), world.now(one).refusedAt());
        assertEquals(1, customers(world.now(one)));
        var version = world.now(one).version();
        problem(409, "too-many-customers", () -> join(two, 1));
        assertEquals(
                "who knocks on is noted once in a while",
                version,
                world.now(one).version());

        join(two, 0);
        assertEquals("taking over a seat makes none more", 1, customers(world.now(one)));
        world.customers.leave(elsewhere.customer(), other.id(), UUID.randomUUID());
        join(two, 1);
        assertEquals(2, customers(world.now(one)));
    }

    @Test
    public void W16_whoHasDroppedOutCountsUntilTheGraceIsOver() {
        set("session.customers", "1");
        var one = world.start();
        var other = world.start(World.CHAT);
        world.annasPage(one);
        world.annasPage(other);
        var page = world.pageOf(world.join(one));
        page.drop();
        world.passSeconds(10);
        problem(409, "too-many-customers", () -> world.join(other));
        world.passSeconds(30);
        world.join(other);
    }

    @Test
    public void W16_customersCountForWhoControlsAndASeatThatWasClosedIsNone() {
        set("session.customers", "1");
        var one = world.start();
        var other = world.start(World.CHAT);
        var marie = world.join(one);
        problem(409, "too-many-customers", () -> world.join(other));
        var ben =
                world.control.assist(World.BEN, one.number(), UUID.randomUUID()).orElseThrow();
        world.control.pass(World.ANNA, one.id(), ben.me(), one.epoch(), UUID.randomUUID());
        var there = world.join(other);

        problem(409, "too-many-customers", () -> world.seats.more(World.BEN, one.id(), UUID.randomUUID()));
        world.control.remove(World.BEN, one.id(), marie.customer().participant(), UUID.randomUUID());
        assertEquals(0, customers(world.now(one)));
        world.agents.end(World.BEN, one.id(), UUID.randomUUID());
        assertTrue(world.tokens.recognise(there.token()).isPresent());
    }

    @Test
    public void W16_anAdministratorSetsAnotherNumberForOneAgent() {
        set("session.customers", "1");
        var one = world.start();
        var two = world.start(World.CHAT);
        world.join(one);
        problem(409, "too-many-customers", () -> world.join(two));
        allow(Optional.empty(), Optional.of(2L));
        world.join(two);
        allow(Optional.empty(), Optional.empty());
        assertEquals(1, world.options.of(World.SITE, World.ANNA.id()).customers());
        assertEquals("nobody is thrown out", 1, customers(world.now(two)));
        var refused = world.options.allow(
                World.SITE, World.ANNA.id(), Optional.empty(), Optional.of(51L), UUID.randomUUID(), "test");
        assertTrue(refused instanceof Answer.Refused<?>);
    }

    @Test
    public void W4_oneSessionAtOnceWhereTheSiteSaysSo() {
        set("session.mode", "SINGLE");
        var first = world.start();
        assertEquals("the same one again", first.id(), world.start().id());
        var refused = assertThrows(OneAtATime.class, () -> world.start(World.CHAT));
        assertEquals(first.id(), refused.session());
        var renewed = world.agents.renew(World.ANNA, first.id(), World.URL, UUID.randomUUID());
        assertNotEquals(first.id(), renewed.id());
        world.agents.end(World.ANNA, renewed.id(), UUID.randomUUID());
        world.start(World.CHAT);
    }

    @Test
    public void W4_whoHasLeftASessionHasNone() {
        set("session.mode", "SINGLE");
        var first = world.start();
        world.agents.leave(World.ANNA, first.id(), UUID.randomUUID());
        var second = world.start(World.CHAT);
        problem(409, "single-session", () -> world.agents.comeBack(World.ANNA, first.id(), UUID.randomUUID()));
        assertThrows(OneAtATime.class, world::start);
        world.agents.end(World.ANNA, second.id(), UUID.randomUUID());
        world.start();
    }

    @Test
    public void W4_W15_siteAdministratorAndAgentDecideInThatOrder() {
        assertEquals(new AgentOptions.Effective(Mode.MULTI, 10, true), options());
        choose(Mode.SINGLE);
        assertEquals(new AgentOptions.Effective(Mode.SINGLE, 10, true), options());
        set("session.mode", "MULTI");
        assertEquals(new AgentOptions.Effective(Mode.MULTI, 10, false), options());
        allow(Optional.of(Mode.SINGLE), Optional.of(3L));
        assertEquals(new AgentOptions.Effective(Mode.SINGLE, 3, false), options());
        var refused = world.options.choose(World.SITE, World.ANNA.id(), Mode.MULTI, UUID.randomUUID());
        assertEquals("mode-fixed", ((Answer.Refused<?>) refused).refusal().code());
        set("session.mode", "AGENT");
        assertEquals("still fixed for her", new AgentOptions.Effective(Mode.SINGLE, 3, false), options());
        allow(Optional.empty(), Optional.empty());
        assertEquals("her own choice", new AgentOptions.Effective(Mode.SINGLE, 10, true), options());
        assertEquals(Mode.MULTI, world.options.of(World.SITE, World.BEN.id()).mode());
    }

    @Test
    public void countsAreThereAgainAfterACrash() {
        set("session.customers", "1");
        var one = world.start();
        world.start(World.CHAT);
        world.join(one);
        try (var after = world.crashed()) {
            var other = after.agents.living(World.ANNA, World.CHAT).get(0);
            problem(409, "too-many-customers", () -> after.join(other));
        }
    }

    private AgentView seat(AgentView view) {
        return world.seats.more(World.ANNA, view.id(), UUID.randomUUID());
    }

    private void join(AgentView view, int seat) {
        world.tryJoin(view.seats().get(seat).pin()).orElseThrow();
    }

    private AgentOptions.Effective options() {
        return world.options.of(World.SITE, World.ANNA.id());
    }

    private void choose(Mode mode) {
        accepted(world.options.choose(World.SITE, World.ANNA.id(), mode, UUID.randomUUID()));
    }

    private void allow(Optional<Mode> mode, Optional<Long> customers) {
        accepted(world.options.allow(World.SITE, World.ANNA.id(), mode, customers, UUID.randomUUID(), "test"));
    }

    private void set(String key, String value) {
        accepted(world.runtime.settings().set(World.SITE, key, Optional.of(value), UUID.randomUUID(), "test"));
    }

    private static void accepted(Answer<?> answer) {
        assertTrue(answer.toString(), answer instanceof Answer.Accepted<?>);
    }

    private static long customers(AgentView view) {
        return view.participants().stream()
                .filter(p -> p.role() == dev.tandem.session.Participant.Role.CUSTOMER
                        && p.state().present())
                .count();
    }

    private static void problem(int status, String code, ThrowingRunnable what) {
        var problem = assertThrows(ProblemException.class, what).problem();
        assertEquals(code, problem.code());
        assertEquals(status, problem.status());
    }
}
