package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.FromAddress;
import dev.tandem.itests.harness.LiveSocket;
import dev.tandem.itests.harness.MediaClient;
import dev.tandem.itests.harness.StayingPage;

/**
 * Who controls a session, as the server sees it: agents and customers are signed in for real, and speak as programs do that
 * do not care what a page has disabled.
 */
public class ControlIT {
    private static final String CONFIG = "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":640,\"height\":480}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public final Scene scene = new Scene();

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Site site;
    private Site.Support support;
    private Api anna;
    private Api ben;
    private StayingPage annasPage;

    @Before
    public void annaSupports() {
        site = Site.create(Running.karaf());
        support = site.support();
        anna = site.anna().api();
        ben = site.ben().api();
        annasPage = scene.stays(anna, support.id());
    }

    @After
    public void everybodyGoes() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends AutoCloseable> T keep(T thing) {
        opened.push(thing);
        return thing;
    }

    private String path(String more) {
        return "/sessions/" + support.id() + more;
    }

    private JsonNode assist() {
        var view = ben.post(
                        "/sessions/assist",
                        Map.of("number", support.view().get("number").asText()))
                .ok();
        scene.stays(ben, support.id());
        return view;
    }

    private static Api.Reply pass(Api by, String session, String to, long epoch) {
        return by.post("/sessions/" + session + "/control", Map.of("to", to, "epoch", epoch));
    }

    private Api.Reply pass(Api by, String to, long epoch) {
        return pass(by, support.id(), to, epoch);
    }

    private static void refused(int status, String code, Api.Reply reply) {
        assertEquals(reply.text(), status + " " + code, reply.status() + " " + reply.code());
    }

    private static String me(JsonNode view) {
        return view.get("me").asText();
    }

    private static Set<String> activities(JsonNode view) {
        var names = new TreeSet<String>();
        view.get("activities").forEach(a -> names.add(a.get("name").asText()));
        return names;
    }

    private MediaClient media(Api api, String role) {
        var ticket = api.post("/tickets", Map.of("for", "media", "session", support.id(), "channel", "screen"))
                .ok()
                .get("ticket")
                .asText();
        return keep(MediaClient.open(Running.karaf().uri(), ticket, role));
    }

    /** A page on the live channel that looks at the session. */
    private LiveSocket live(Api api) {
        return keep(LiveSocket.at(api, support.id()));
    }

    /** Shares and sends a first picture, which Anna sees. */
    private MediaClient share(Api who, MediaClient viewer, long sequence) {
        var sender = media(who, "sender");
        sender.await("a viewer", t -> t.path("looking").asInt() > 0);
        sender.text(CONFIG).frame(true, sequence, 1000);
        viewer.awaitFrame(sequence);
        return sender;
    }

    @Test
    public void W21_theNumberAdmitsColleaguesAndEverythingElseIsRefusedAlike() {
        var number = support.view().get("number").asText();
        var stranger = Site.create(Running.karaf()).anna().api();
        var foreign = stranger.post("/sessions/assist", Map.of("number", number));
        refused(403, "number-refused", foreign);
        var wrong = ben.post("/sessions/assist", Map.of("number", "12"));
        assertEquals("nobody learns what was wrong", foreign.text(), wrong.text());
        refused(400, "invalid", ben.post("/sessions/assist", "{}"));
        var customer = support.join(scene);
        refused(401, "sign-in-needed", customer.api().post("/sessions/assist", Map.of("number", number)));

        var view = assist();
        assertEquals(me(support.view()), view.get("controller").asText());
        assertNotEquals(me(support.view()), me(view));
        assertEquals("again, as the same", me(view), me(assist()));
        var mine = ben.get("/sessions?mine=true").ok().get("sessions");
        assertEquals(1, mine.size());
        assertEquals(support.id(), mine.get(0).get("id").asText());
        assertEquals(0, stranger.get("/sessions?mine=true").ok().get("sessions").size());

        anna.post(path("/end")).ok();
        refused(403, "number-refused", ben.post("/sessions/assist", Map.of("number", number)));
    }

    @Test
    public void W23_anAssistantLooksAndChatsAndControlsNothing() {
        var customer = support.join(scene);
        var view = assist();
        assertEquals(200, ben.get(path("")).status());
        refused(403, "not-controller", ben.post(path("/end")));
        refused(403, "not-controller", ben.post(path("/assisted"), Map.of("participant", customer.participant())));
        refused(403, "not-controller", ben.post(path("/participants/" + customer.participant() + "/remove")));
        refused(403, "not-controller", ben.post(path("/viewers"), "{}"));
        refused(403, "not-controller", pass(ben, me(view), 1));
        refused(403, "not-controller", ben.post("/screen/" + support.id() + "/start"));
        assertEquals(Set.of(), activities(support.now()));
        ben.post("/chat/" + support.id(), Map.of("text", "Good morning")).ok();
    }

    @Test
    public void W25_W26_W28_controlPassesAndTheServerRefusesTheFormerController() {
        var customer = support.join(scene);
        var him = me(assist());
        var her = me(support.view());
        refused(409, "not-assistant", pass(anna, customer.participant(), 1));
        refused(409, "not-assistant", pass(anna, UUID.randomUUID().toString(), 1));
        refused(409, "control-passed", pass(anna, him, 7));
        refused(400, "invalid", anna.post(path("/control"), Map.of("to", him)));

        var passed = pass(anna, him, 1).ok();
        assertEquals(him, passed.get("controller").asText());
        assertEquals(2, passed.get("epoch").asLong());
        refused(409, "control-passed", pass(anna, him, 1));
        refused(403, "not-controller", pass(anna, him, 2));
        refused(403, "not-controller", anna.post(path("/end")));
        refused(403, "not-controller", anna.post(path("/renew")));
        refused(403, "not-controller", anna.post("/screen/" + support.id() + "/start"));
        refused(403, "not-controller", anna.post(path("/viewers"), "{}"));
        refused(409, "not-offered", anna.post(path("/control/accept")));
        refused(403, "not-controller", anna.post(path("/participants/" + him + "/remove")));

        assertEquals(her, pass(ben, her, 2).ok().get("controller").asText());
        assertEquals(3, support.now().get("epoch").asLong());
        refused(403, "not-controller", ben.post(path("/end")));
        anna.post(path("/end")).ok();
    }

    @Test
    public void W29_theFormerControllerMayLeaveAndWhoControlsMayNot() {
        support.join(scene);
        var him = me(assist());
        refused(409, "control-first", anna.post(path("/leave")));
        pass(anna, him, 1).ok();
        anna.post(path("/leave")).ok();
        refused(409, "not-assistant", pass(ben, me(support.view()), 2));
        anna.post(path("/return")).ok();
        refused(403, "not-controller", anna.post(path("/end")));
        anna.post(path("/leave")).ok();
        assertEquals("ACTIVE", ben.get(path("")).ok().get("state").asText());
        ben.post(path("/leave")).ok();
    }

    @Test
    public void W29_whenTheControllerIsLostTheAssistantIsOfferedControl() {
        site.set("session.grace", "2");
        var customer = support.join(scene);
        var bens = me(assist());
        var page = live(ben);
        var customers = live(customer.api());
        anna.post("/screen/" + support.id() + "/start").ok();
        assertEquals(Set.of("screen"), activities(ben.get(path("")).ok()));
        annasPage.close();
        var offered = page.await(
                "the offer", m -> m.path("body").path("offered").asText("").equals(bens));
        assertTrue(offered.get("body").get("vacant").asBoolean());
        assertEquals(Set.of(), activities(offered.get("body")));
        assertEquals("the PIN goes on", 200, support.tryJoin(support.pin()).status());
        var taken = ben.post(path("/control/accept")).ok();
        assertEquals(bens, taken.get("controller").asText());
        assertEquals(2, taken.get("epoch").asLong());
        assertFalse(taken.get("vacant").asBoolean());
        assertTrue(
                "the customer's page was told of the loss", customers.received().size() > 2);

        var back = anna.post(path("/return")).ok();
        assertEquals(bens, back.get("controller").asText());
        refused(409, "not-offered", anna.post(path("/control/accept")));
        refused(403, "not-controller", anna.post(path("/end")));
    }

    @Test
    public void W29_whoReturnsBeforeSomebodyHasTakenControlHasItStill() {
        site.set("session.grace", "2");
        var bens = me(assist());
        var page = live(ben);
        annasPage.close();
        page.await("the offer", m -> m.path("body").path("offered").asText("").equals(bens));
        var back = anna.post(path("/return")).ok();
        assertFalse(back.get("vacant").asBoolean());
        assertEquals(me(support.view()), back.get("controller").asText());
        refused(409, "not-offered", ben.post(path("/control/accept")));
    }

    @Test
    public void W30_passingControlEndsEveryActivity() {
        var customer = support.join(scene);
        var him = me(assist());
        customer.api().post("/screen/" + support.id() + "/start").ok();
        var viewer = media(anna, "viewer");
        var sender = share(customer.api(), viewer, 1);
        var customers = live(customer.api());
        assertEquals(Set.of("screen"), activities(support.now()));

        assertEquals(Set.of(), activities(pass(anna, him, 1).ok()));
        assertEquals("4403 screen-stopped", sender.end());
        assertEquals("4403 screen-stopped", viewer.end());
        var told = customers.await(
                "the new epoch", m -> m.path("body").path("epoch").asLong() == 2);
        assertEquals(Set.of(), activities(told.get("body")));
        refused(409, "chat-stopped", customer.api().post("/chat/" + support.id(), Map.of("text", "Hello?")));

        var late = media(customer.api(), "sender");
        assertEquals("what is still sent is refused", "4403 screen-stopped", late.end());
        customer.api().post("/screen/" + support.id() + "/start").ok();
        var again = media(ben, "viewer");
        share(customer.api(), again, 2);
        assertEquals(List.of(2L), again.sequences());
    }

    @Test
    public void W19_switchingTheCustomerEndsSharing() {
        var marie = support.join(scene);
        var seats = anna.post(path("/seats")).ok().get("seats");
        var joined = support.tryJoin(seats.get(1).get("pin").asText()).ok();
        var paul = Running.karaf().api().asCustomer(joined.get("token").asText());
        scene.stays(paul, support.id());
        var second = joined.get("participant").asText();
        assertEquals(marie.participant(), support.now().get("assisted").asText());
        refused(403, "not-assisted", paul.post("/screen/" + support.id() + "/start"));
        marie.api().post("/screen/" + support.id() + "/start").ok();
        var viewer = media(anna, "viewer");
        var sender = share(marie.api(), viewer, 1);

        var view = anna.post(path("/assisted"), Map.of("participant", second)).ok();
        assertEquals(second, view.get("assisted").asText());
        assertEquals(Set.of(), activities(view));
        assertEquals("4403 screen-stopped", sender.end());
        assertEquals("the window of the share has nothing to show", "4403 screen-stopped", viewer.end());
        refused(403, "not-assisted", marie.api().post("/screen/" + support.id() + "/start"));
        paul.post("/screen/" + support.id() + "/start").ok();
        share(paul, media(anna, "viewer"), 1);

        paul.post(path("/leave"));
        Await.until(
                "the other one is helped, without a click",
                PATIENCE,
                () -> support.now().get("assisted").asText().equals(marie.participant()));
    }

    @Test
    public void W17_whoIsRemovedIsOutAndThePinWithThem() {
        var marie = support.join(scene);
        var page = live(marie.api());
        var after = anna.post(path("/participants/" + marie.participant() + "/remove"))
                .ok();
        var gone = page.await("the end", m -> m.path("op").asText().equals("gone"));
        assertTrue(gone.toString(), gone.toString().contains("removed"));
        assertEquals(401, marie.api().get(path("")).status());
        assertEquals(403, support.tryJoin(support.pin()).status());
        var fresh = after.get("seats").get(0).get("pin").asText();
        assertEquals(200, support.tryJoin(fresh).status());
    }

    @Test
    public void B19_aViewersSocketReceivesFramesAndRefusesWhatIsSent() {
        var customer = support.join(scene);
        customer.api().post("/screen/" + support.id() + "/start").ok();
        var annas = media(anna, "viewer");
        var sender = share(customer.api(), annas, 1);

        var viewer = viewer(invite());
        var seen = viewer.get(path("")).ok().toString();
        assertFalse(seen, seen.contains(support.pin()));
        assertFalse(seen, seen.contains(support.view().get("number").asText()));
        var eyes = media(viewer, "viewer");
        sender.frame(true, 2, 1000);
        eyes.awaitFrame(2);

        assertEquals("4403 view-only", eyes.frame(true, 3, 100).end());
        for (var text :
                List.of(CONFIG, "{\"op\":\"surface\",\"surface\":\"monitor\"}", "{\"op\":\"stop\"}", "nonsense")) {
            var other = media(viewer, "viewer");
            assertTrue(text, other.text(text).end().startsWith("4403"));
        }
        assertEquals("4403 wrong-role", media(viewer, "sender").end());
        for (var channel : List.of("call", "chat", "control")) {
            var wanted = Map.of("for", "media", "session", support.id(), "channel", channel);
            var reply = viewer.post("/tickets", wanted);
            if (reply.status() == 200) {
                var socket = keep(MediaClient.open(
                        Running.karaf().uri(), reply.body().get("ticket").asText(), "viewer"));
                assertTrue(channel + ": " + socket.end(), socket.end().startsWith("44"));
            } else {
                refused(403, "view-only", reply);
            }
        }
        for (var command : List.of("/end", "/leave", "/return", "/renew", "/control/accept", "/viewers", "/seats")) {
            refused(403, "view-only", viewer.post(path(command), "{}"));
        }
        refused(403, "view-only", viewer.put(path("/me"), Map.of("name", "Somebody")));
        refused(403, "view-only", viewer.post("/chat/" + support.id(), Map.of("text", "Hello")));
        refused(403, "view-only", viewer.post("/screen/" + support.id() + "/start"));
        assertEquals(404, viewer.get("/chat/" + support.id()).status());

        var live = live(viewer);
        live.send(Map.of("op", "subscribe", "topic", "chat/" + support.id()));
        assertEquals("what is not a viewer's closes the line", 4403, live.closeCode());
        assertTrue("nobody else has noticed", annas.open() && sender.open());
        assertEquals(List.of(1L, 2L), annas.sequences());
    }

    @Test
    public void B19_aRevokedLinkIsDeadAtOnceInOpenPagesToo() {
        var customer = support.join(scene);
        customer.api().post("/screen/" + support.id() + "/start").ok();
        var annas = media(anna, "viewer");
        share(customer.api(), annas, 1);
        var link = invite();
        var other = invite();
        var viewer = viewer(link);
        var eyes = media(viewer, "viewer");
        eyes.awaitFrame(1);
        var live = live(viewer);
        var id = live.received().stream()
                .filter(m -> m.has("body"))
                .map(m -> m.get("body").get("me").asText())
                .findFirst()
                .orElseThrow();

        assist();
        refused(403, "not-controller", ben.delete(path("/viewers/" + id)));
        var after = anna.delete(path("/viewers/" + id)).ok();
        assertEquals(1, after.get("viewers").size());
        assertEquals(4403, live.closeCode());
        assertTrue(eyes.end(), eyes.end().startsWith("4403"));
        deadLink(link);
        assertEquals(401, viewer.get(path("")).status());
        assertEquals(401, viewer.post("/tickets", Map.of("for", "live")).status());
        assertTrue("Anna goes on", annas.open());

        var second = viewer(other);
        anna.post(path("/end")).ok();
        assertEquals(401, second.get(path("")).status());
        deadLink(other);
    }

    /** Tried from an address of its own, since failures are counted by address and all journeys share this server. */
    private static void deadLink(String link) {
        var reply = new FromAddress(Running.karaf().uri(), "127.0.0.19").post("/view", Map.of("token", link));
        assertEquals(reply.text(), 403, reply.status());
        assertEquals("link-refused", reply.body().get("code").asText());
    }

    /** The token of a fresh link. */
    private String invite() {
        var viewers =
                anna.post(path("/viewers"), Map.of("name", "Prof. Ito")).ok().get("viewers");
        var url = viewers.get(viewers.size() - 1).get("url").asText();
        var token = url.substring(url.lastIndexOf('/') + 1);
        assertTrue(url, url.matches("https?://[^/]+/v/[A-Za-z0-9_-]{22}"));
        return token;
    }

    private Api viewer(String link) {
        var opened = Running.karaf().api().post("/view", Map.of("token", link)).ok();
        return Running.karaf().api().asCustomer(opened.get("token").asText());
    }
}
