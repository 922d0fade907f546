package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.State;

/** What who runs the node sees of sessions, and how it ends one. */
public class OverviewTest {

    private World world;
    private Overview overview;

    @Before
    public void open() {
        world = new World();
        overview = new Overview(world.streams, world.views, world.clock, world.runtime.ids());
    }

    @After
    public void close() {
        world.close();
    }

    private List<String> numbers(boolean ended) {
        return overview.list(Optional.empty(), ended).stream()
                .map(SupportSession::number)
                .toList();
    }

    @Test
    public void livingSessionsAreListedTheNewestFirstAndEndedOnesForADay() {
        var call = world.agents
                .open(World.ANNA, World.CALL, World.URL, UUID.randomUUID())
                .view();
        world.clock.advance(Duration.ofSeconds(1));
        var chat = world.agents
                .open(World.ANNA, World.CHAT, World.URL, UUID.randomUUID())
                .view();
        assertEquals(List.of(chat.number(), call.number()), numbers(false));
        world.agents.end(World.ANNA, call.id(), UUID.randomUUID());
        assertEquals(List.of(chat.number()), numbers(false));
        assertEquals(List.of(chat.number(), call.number()), numbers(true));
        assertEquals(List.of(), overview.list(Optional.of(new SiteId("other")), true));
        world.clock.advance(Views.LOOK_BACK.plusSeconds(1));
        assertFalse(numbers(true).contains(call.number()));
        assertTrue(
                "by its id it is found for ever",
                !overview.find(call.id().toString(), Optional.empty()).isEmpty());
    }

    @Test
    public void aSessionIsFoundByNumberOrIdOfItsOwnSite() {
        var call = world.agents
                .open(World.ANNA, World.CALL, World.URL, UUID.randomUUID())
                .view();
        for (var which : List.of(call.number(), call.id().toString())) {
            assertEquals(1, overview.find(which, Optional.empty()).size());
            assertEquals(1, overview.find(which, Optional.of(World.SITE)).size());
            assertEquals(
                    0, overview.find(which, Optional.of(new SiteId("other"))).size());
        }
        assertEquals(List.of(), overview.find("nonsense", Optional.empty()));
        assertEquals(List.of(), overview.find(UUID.randomUUID().toString(), Optional.empty()));
    }

    @Test
    public void endingFromOutsideEndsItForEverybodyAndSaysWhoDid() {
        var view = world.agents
                .open(World.ANNA, World.CALL, World.URL, UUID.randomUUID())
                .view();
        assertTrue(overview.end(World.SITE, view.id(), "shell:karaf") instanceof Answer.Accepted);
        var after = overview.find(view.number(), Optional.empty()).get(0);
        assertEquals(State.ENDED, after.state());
        assertEquals(Optional.of(EndReason.BY_ADMINISTRATOR), after.ended());
        var again = overview.end(World.SITE, view.id(), "shell:karaf");
        assertEquals("session-ended", ((Answer.Refused<?>) again).refusal().code());
        var nowhere = overview.end(World.SITE, UUID.randomUUID(), "shell:karaf");
        assertEquals("unknown", ((Answer.Refused<?>) nowhere).refusal().code());
    }
}
