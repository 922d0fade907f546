package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Agent;
import dev.tandem.platform.DesktopTab;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.Notifier.Notice;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics.Delivery;
import dev.tandem.web.ProblemException;

public class DesktopTopicsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;
    private Agent anna;
    private DesktopTopics topics;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath());
        anna = rig.agent("anna.bell");
        topics = new DesktopTopics(rig.views, rig.bell);
    }

    @After
    public void close() {
        rig.close();
    }

    @Test
    public void aStateIsDeliveredOnceForEachChange() {
        var first = state(0);
        assertTrue(nothing(first.number()));
        rig.ringing(anna, Interaction.Kind.CALL);
        rig.runtime.settle();
        var second = state(first.number());
        assertTrue(second.number() > first.number());
        assertEquals(1, desktop(second).interactions().size());
        assertTrue(nothing(second.number()));
    }

    @Test
    public void numbersAscendAcrossARestart() {
        rig.ringing(anna, Interaction.Kind.CALL);
        rig.runtime.settle();
        var before = state(0).number();
        rig.clock.advance(java.time.Duration.ofMillis(50));
        var after = new Bell((site, topic) -> {}, (site, what) -> {}, rig.clock).number(anna.site(), 0);
        assertTrue(after > before);
    }

    @Test
    public void aPageThatHasSeenALaterNumberGetsTheStateAllTheSame() {
        var ahead = rig.clock.millis() + 1_000_000;
        assertTrue(state(ahead).number() > ahead);
    }

    @Test
    public void onlyAgentsReadOnlyTheirOwn() {
        var stranger = new Caller.Anonymous(anna.site());
        assertThrows(ProblemException.class, () -> topics.after(stranger, "me", 0));
        assertThrows(ProblemException.class, () -> topics.after(new Caller.OfAgent(anna), "ben.cole", 0));
    }

    @Test
    public void tabsComeAndGo() {
        var low = tab("a", 10);
        var high = tab("b", 5);
        rig.tabs.add(low);
        rig.tabs.add(high);
        assertEquals(List.of("b", "a"), tabIds());
        var number = state(0).number();
        rig.tabs.remove(high);
        assertEquals(List.of("a"), tabIds());
        assertTrue("open desktops hear of it", state(number).number() > number);
    }

    @Test
    public void whatBelongsToNoInteractionIsForThoseWhoHaveTheRole() {
        rig.tabs.add(tab("offers", 1, DesktopTab.Place.DESKTOP, Agent.Role.AGENT));
        rig.tabs.add(tab("queues", 2, DesktopTab.Place.ADMINISTRATION, Agent.Role.ADMINISTRATOR));
        assertEquals(List.of(), tabIds());
        assertEquals(
                List.of("offers"),
                desktop(state(0)).places().stream().map(Views.TabView::id).toList());
        var lead = new Agent(anna.site(), anna.id(), anna.name(), Set.of(Agent.Role.AGENT, Agent.Role.ADMINISTRATOR));
        var seen = (Delivery.Snapshot) topics.after(new Caller.OfAgent(lead), "me", 0);
        assertEquals(
                List.of("offers", "queues"),
                desktop(seen.state()).places().stream().map(Views.TabView::id).toList());
    }

    @Test
    public void aNoticeIsToldForAWhile() {
        rig.notices.tell(anna.site(), anna.id(), new Notice(Map.of(Locale.ENGLISH, "Hello"), false));
        assertEquals(List.of(Map.of("en", "Hello")), notices());
        rig.clock.advance(java.time.Duration.ofMinutes(3));
        assertEquals(List.of(), notices());
    }

    @Test
    public void changesRing() {
        rig.runtime.settle();
        rig.rings.clear();
        rig.desk.choose(anna, UUID.randomUUID(), "AWAY", "lunch");
        rig.runtime.settle();
        assertEquals(List.of("main desktop/me"), rig.rings);
    }

    private List<String> tabIds() {
        return desktop(state(0)).tabs().stream().map(Views.TabView::id).toList();
    }

    private List<Map<String, String>> notices() {
        return desktop(state(0)).notices().stream().map(Views.NoticeView::texts).toList();
    }

    private dev.tandem.web.LiveTopics.Message state(long after) {
        return ((Delivery.Snapshot) topics.after(new Caller.OfAgent(anna), "me", after)).state();
    }

    private boolean nothing(long after) {
        return topics.after(new Caller.OfAgent(anna), "me", after) instanceof Delivery.Messages messages
                && messages.messages().isEmpty();
    }

    private static Views.DesktopView desktop(dev.tandem.web.LiveTopics.Message message) {
        return (Views.DesktopView) message.body();
    }

    private static DesktopTab tab(String id, int rank) {
        return tab(id, rank, DesktopTab.Place.INTERACTION, Agent.Role.AGENT);
    }

    private static DesktopTab tab(String id, int rank, DesktopTab.Place place, Agent.Role role) {
        return new DesktopTab() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String element() {
                return "x-" + id;
            }

            @Override
            public String module() {
                return "/m/x/1/" + id + ".js";
            }

            @Override
            public int rank() {
                return rank;
            }

            @Override
            public Map<String, String> titles() {
                return Map.of("en", id);
            }

            @Override
            public Place place() {
                return place;
            }

            @Override
            public Agent.Role role() {
                return role;
            }
        };
    }
}
