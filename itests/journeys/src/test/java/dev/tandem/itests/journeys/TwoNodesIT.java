package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.LiveSocket;

/**
 * Two nodes on one PostgreSQL behind nginx: one is killed, drained, started again under a session with pages open, and
 * whoever sits at a page goes on by doing nothing.
 */
public class TwoNodesIT {
    private static final long SEED = 20261121;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final String LOST = "session.lost.v1";
    private static final String LEFT = "session.left.v1";

    private static TwoNodes two;

    @Rule
    public final Scene scene = Scene.with(
            () -> two.browsers(), () -> two.cluster().tail(300) + two.nginx().log());

    private final Random random = new Random(SEED);
    private Site site;
    private Desktop desktop;
    private Customer customer;
    private String session;
    private Wall wall;

    @BeforeClass
    public static void start() {
        two = TwoNodes.start();
    }

    @AfterClass
    public static void end() {
        two.close();
    }

    @Before
    public void bothTakePart() {
        two.mend();
    }

    @Test
    public void BX1_bothAreBackWithScreenAndChatWithin10SecondsAfterTheirNodeWasKilled() {
        sharingAt("a");
        desktop.chat().say("before");
        assertThat(customer.chat().message("before")).isVisible();

        var colour = colour();
        var lap = new Lap();
        two.node("a").killHard();
        wall.paint(colour, colour);
        desktop.chat().say("still there?");
        visible(customer.chat().message("still there?"));
        lap.done("the agent's message at the customer's");
        customer.chat().say("yes");
        visible(desktop.chat().message("yes"));
        lap.done("the customer's at the agent's");
        desktop.picture().awaitColours(colour, colour);
        lap.done("the screen");
        double seconds = lap.seconds();
        System.out.println("Node killed -9; back by themselves: " + lap);

        assertThat(customer.chat().message("before")).isVisible();
        assertThat(desktop.chat().message("before")).isVisible();
        assertEquals("once", 1, desktop.chat().message("still there?").count());
        assertEquals("ACTIVE", view("b").get("state").asText());
        assertEquals("b", two.awaitHolder(site, "media/" + session));
        assertTrue(lap.toString(), seconds < 10);
    }

    /** Its sockets stand, and the proxy's connections to it: nobody is told that it is gone. */
    @Test
    public void BX1_bothAreBackWhenTheirNodeHangsAndItEndsNothingWhenItWakesUp() {
        sharingAt("a");
        var colour = colour();
        var lap = new Lap();
        two.node("a").suspend();
        try {
            wall.paint(colour, colour);
            desktop.chat().say("still there?");
            visible(customer.chat().message("still there?"));
            lap.done("the agent's message at the customer's");
            desktop.picture().awaitColours(colour, colour);
            lap.done("the screen");
            System.out.println("Node suspended; back by themselves: " + lap);
            assertEquals("b", two.awaitHolder(site, "media/" + session));
        } finally {
            two.node("a").resume();
        }
        Await.until("node a to be well again", LONGEST, two.node("a")::healthy);
        stillTogether("it has woken up");
        assertEquals("b", two.awaitHolder(site, "media/" + session));
        assertEquals("once", 1, desktop.chat().message("still there?").count());
        assertEquals(
                "missed for a moment, and back",
                "ACTIVE",
                view("b").get("state").asText());
    }

    @Test
    public void BX1_aNodeThatComesBackThrowsNobodyOutWhoHangsOnTheOther() {
        sharingAt("b");
        two.node("a").killHard();
        var atAgent = new Noticed(desktop.page());
        var atCustomer = new Noticed(customer.page());
        two.node("a").start();
        stillTogether("all the same");
        for (var noticed : List.of(atAgent, atCustomer)) {
            assertEquals("", noticed.line());
            assertEquals("no other socket was opened", List.of(), noticed.sockets());
        }
        assertEquals("b", two.awaitHolder(site, "media/" + session));
        assertEquals(0, two.events(site, session, LOST));
    }

    @Test
    public void BX1_graceRunsOutThoughTheNodeThatKeepsTheClockIsKilled() {
        two.drain("a");
        site = two.site("b");
        site.set("session.grace", "10");
        var support = site.support();
        session = support.id();
        assertEquals("b", two.awaitHolder(site, "deadlines"));
        two.resume("a");

        site = site.at(two.node("a"));
        scene.closing(LiveSocket.at(site.anna().api(), session));
        customer = Customer.join(scene.customer(), site, support.pin());
        customer.page().close();
        Await.until("that somebody is missed", LONGEST, () -> two.events(site, session, LOST) == 1);
        assertEquals("b", two.awaitHolder(site, "deadlines"));
        var lap = new Lap();
        two.node("b").killHard();
        assertEquals("the grace runs still", 0, two.events(site, session, LEFT));
        Await.until("the end of the grace", LONGEST, () -> two.events(site, session, LEFT) == 1);
        lap.done("the customer's place is free");
        System.out.println("Customer away, then the deadlines' node killed -9: " + lap);
        assertEquals("a", two.awaitHolder(site, "deadlines"));
        assertEquals("for another customer", "WAITING", view("a").get("state").asText());
        assertEquals(List.of("JOINED", "LEFT"), states("a"));
    }

    @Test
    public void BX1_nobodyIsMissedWhileANodeIsDrainedStoppedAndStartedAgain() {
        sharingAt("a");
        var atAgent = new Noticed(desktop.page());
        var atCustomer = new Noticed(customer.page());

        var lap = new Lap();
        two.drain("a");
        lap.done("drained");
        stillTogether("did you see anything?");
        lap.done("screen and chat");
        System.out.println("Node drained: " + lap);
        assertTrue("the other node has the agent", atAgent.sockets().stream().anyMatch(url -> url.endsWith("/live")));
        assertTrue("and the screen", atAgent.sockets().stream().anyMatch(url -> url.endsWith("/media/b")));
        assertTrue("and the customer", atCustomer.sockets().stream().anyMatch(url -> url.endsWith("/live")));
        assertEquals("b", two.awaitHolder(site, "media/" + session));
        assertTrue(nodes(), line("a").matches(".*\\bdraining\\b.*"));

        two.node("a").stop();
        assertEquals(nodes(), "", line("a"));
        assertTrue(nodes(), line("b").matches(".*\\bup\\b.*"));
        two.node("a").start();
        assertTrue(nodes(), line("a").matches(".*\\bup\\b.*"));

        stillTogether("and now?");
        assertEquals("no banner at the agent's", "", atAgent.line());
        assertEquals("no banner at the customer's", "", atCustomer.line());
        assertEquals("nobody was missed", 0, two.events(site, session, LOST));
        assertThat(desktop.text("has lost the connection")).isHidden();
    }

    /** Its file is on the node that relayed the share: the other one says so, and the proxy finds it. */
    @Test
    public void aRecordingMadeOnOneNodePlaysThroughTheProxyAndTheOtherNodeSaysWhereItIs() {
        sharingAt("a");
        var agent = site.at(two.node("b")).anna().api();
        desktop.page().locator("#record").click();
        customer.button("Allow for the session").click();
        visible(desktop.page().locator("[data-state=recording]"));
        wall = Wall.infrontOf(scene); // the click has brought the customer's page before the other one
        var left = colour();
        var right = colour();
        wall.paint(left, right);
        desktop.picture().awaitColours(left, right);
        desktop.chat().say("on the record");
        visible(customer.chat().message("on the record"));
        agent.post("/sessions/" + session + "/end").ok();
        var recording = Recorded.await(agent, session, "FINISHED");
        assertEquals("a", recording.get("parts").get(0).get("node").asText());
        var path = "/recordings/" + recording.get("id").asText();
        for (var file : List.of("/parts/1", "/track", "/track?part=1")) {
            var answer = agent.get(path + file);
            assertEquals(file, "404 recording-elsewhere", answer.status() + " " + answer.code());
            assertTrue(answer.toString(), answer.body().get("detail").asText().contains("the node a"));
        }

        // The proxy asks the one node and then the other.
        var player = new Recorded(desktop.agent().open(two.url(path)));
        player.findColours(left, right, 0, player.duration());
        assertThat(player.page().locator("[data-line=said]")).containsText("on the record");
    }

    @Test
    public void signingOutOnOneNodeClosesWhatHangsOnTheOther() {
        site = two.site("a");
        var ben = site.ben().signIn();
        var cookie = two.node("a")
                .api()
                .post("/platform/sign-in", Map.of("user", ben.user(), "password", ben.password()))
                .headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .split(";")[0];
        var atA = two.node("a").api().with("Cookie", cookie);
        var atB = two.node("b").api().with("Cookie", cookie);
        var ticket =
                atA.post("/tickets", Map.of("for", "live")).ok().get("ticket").asText();
        try (var socket = LiveSocket.open(two.node("a").uri(), "/live")) {
            socket.send(Map.of(
                    "op", "hello", "ticket", ticket, "page", UUID.randomUUID().toString()));
            socket.await("welcome", message -> message.path("op").asText().equals("welcome"));
            atB.post("/platform/sign-out").ok();
            assertEquals(4401, socket.closeCode());
        }
        for (var node : List.of(atA, atB)) {
            Await.until(
                    "that nobody is signed in",
                    Duration.ofSeconds(5),
                    () -> node.post("/tickets", Map.of("for", "live")).status() == 401);
        }
    }

    @Test
    public void aTicketOfOneNodeIsGoodForTheOther() {
        site = two.site("a");
        var ticket = site.ben()
                .api()
                .post("/tickets", Map.of("for", "live"))
                .ok()
                .get("ticket")
                .asText();
        var hello = Map.of(
                "op", "hello", "ticket", ticket, "page", UUID.randomUUID().toString());
        try (var socket = LiveSocket.open(two.node("b").uri(), "/live").send(hello);
                var again = LiveSocket.open(two.node("a").uri(), "/live")) {
            socket.await("welcome", message -> message.path("op").asText().equals("welcome"));
            again.send(hello);
            assertEquals("once, on whichever node", 4401, again.closeCode());
        }
    }

    @Test
    public void aSettingChangedOnOneNodeHoldsAtOnceOnTheOther() {
        site = two.site("a");
        var atB = site.at(two.node("b"));
        for (var value : List.of("41", "42", "43")) {
            atB.anna().api().get("/settings").ok(); // what b knows already it must not go on believing
            site.set("session.grace", value);
            Await.until("session.grace " + value + " on b", Duration.ofSeconds(5), () -> setting(atB, "session.grace")
                    .equals(value));
        }
    }

    @Test
    public void BX5_chatStopsAndStartsOnOneNodeThenOnBoth() {
        sharingAt("a");
        desktop.chat().say("before");
        assertThat(customer.chat().message("before")).isVisible();

        two.node("b").shell("bundle:stop dev.tandem.chat");
        seesTheScreen();
        assertThat(desktop.chat().message("before")).isVisible();

        two.node("a").shell("bundle:stop dev.tandem.chat");
        assertThat(desktop.tab("Chat")).isHidden();
        assertThat(customer.chat().field()).isHidden();
        seesTheScreen();
        assertEquals("ACTIVE", view("b").get("state").asText());

        two.node("a").shell("bundle:start dev.tandem.chat");
        two.node("b").shell("bundle:start dev.tandem.chat");
        two.node("b").awaitHealth();
        assertThat(desktop.tab("Chat")).isVisible();
        desktop.showChat();
        assertThat(desktop.chat().message("before")).isVisible();
        assertThat(customer.chat().message("before")).isVisible();
        stillTogether("after");
    }

    @Test
    public void BX5_screenStopsAndStartsOnOneNodeThenOnBoth() {
        sharingAt("a");
        two.node("b").shell("bundle:stop dev.tandem.screen");
        seesTheScreen();

        two.node("a").shell("bundle:stop dev.tandem.screen");
        assertThat(desktop.picture().canvas()).isHidden();
        assertThat(desktop.text("Screen sharing is not available just now")).isVisible();
        assertThat(customer.button("Stop sharing")).isHidden();
        talk("we go on talking");
        assertEquals("ACTIVE", view("b").get("state").asText());

        two.node("b").shell("bundle:start dev.tandem.screen");
        two.node("a").shell("bundle:start dev.tandem.screen");
        two.node("b").awaitHealth();
        customer.button("Share my screen")
                .or(customer.button("Share again"))
                .first()
                .click();
        wall = Wall.infrontOf(scene); // the click has brought the customer's page before the other one
        stillTogether("and you see me again");
    }

    @Test
    public void BX1_aSessionOutlivesARestartOfPostgresAndANodeStartedMeanwhileWaitsForIt() {
        together("a");
        talk("before");
        two.node("b").stop();
        two.postgres().killHard();
        two.node("b").launch();
        Await.until("that b says what it waits for", LONGEST_START, () -> two.node("b")
                .tail(60)
                .contains("Tandem waits for its database"));
        assertFalse(two.node("b").healthy());
        two.postgres().start();
        var lap = new Lap();
        two.node("b").awaitHealth();
        lap.done("node b is up");
        talk("the database is back");
        lap.done("chat both ways");
        System.out.println("PostgreSQL killed -9 and back: " + lap);
        assertThat(customer.chat().message("before").first()).isVisible();
        assertEquals("ACTIVE", view("b").get("state").asText());
    }

    /** A session with chat and screen whose pages and media all hang on that node, while both take part. */
    private void sharingAt(String node) {
        two.drain(two.but(node));
        together(node);
        customer.share();
        wall = Wall.infrontOf(scene);
        seesTheScreen();
        assertEquals(node, two.awaitHolder(site, "media/" + session));
        two.resume(two.but(node));
    }

    /** A session with chat; the pages hang on any node that takes part. */
    private void together(String node) {
        site = two.site(node);
        site.call();
        desktop = Desktop.open(scene.agent(site), two.url("/desktop"), "Marie Dupont")
                .start();
        customer = Customer.join(scene.customer(), two.url("/j/" + site.name() + "/" + desktop.pinDigits()));
        visible(desktop.statusLine());
        session = customer.session();
        desktop.showChat();
    }

    private void stillTogether(String text) {
        seesTheScreen();
        talk(text);
    }

    /** What the customer's screen shows just now. */
    private void seesTheScreen() {
        var left = colour();
        var right = colour();
        wall.paint(left, right);
        desktop.picture().awaitColours(left, right);
    }

    private void talk(String text) {
        desktop.chat().say(text);
        visible(customer.chat().message(text));
        customer.chat().say("yes, " + text);
        visible(desktop.chat().message("yes, " + text));
    }

    private static void visible(Locator locator) {
        assertThat(locator).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
    }

    private JsonNode view(String node) {
        return site.at(two.node(node)).anna().api().get("/sessions/" + session).ok();
    }

    /** Those of the participants, in alphabetical order. */
    private List<String> states(String node) {
        return view(node).get("participants").findValuesAsText("state").stream()
                .sorted()
                .toList();
    }

    private static String setting(Site site, String key) {
        for (var setting : site.anna().api().get("/settings").ok().findParents("key")) {
            if (setting.get("key").asText().equals(key)) {
                return setting.path("value").asText();
            }
        }
        throw new AssertionError("no setting " + key);
    }

    /** As node b sees them. */
    private static String nodes() {
        return two.node("b").shell("tandem:nodes");
    }

    /** The line of {@code tandem:nodes} that tells of that node, or nothing. */
    private static String line(String name) {
        var line = Pattern.compile("(?m)^[^\\w\\r\\n]*" + name + "\\b.*$").matcher(nodes());
        return line.find() ? line.group() : "";
    }

    private Picture.Colour colour() {
        return new Picture.Colour(20 + random.nextInt(216), 20 + random.nextInt(216), 20 + random.nextInt(216));
    }
}
