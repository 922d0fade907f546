package dev.tandem.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

import org.junit.After;
import org.junit.Test;
import org.postgresql.ds.PGSimpleDataSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Cluster;
import dev.tandem.itests.harness.Folders;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.itests.harness.LiveSocket;
import dev.tandem.itests.harness.Postgres;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.platform.SiteId;

/**
 * One node after the other: a node with the bundles of the release before ({@code itests/previous}) and one of this release
 * on one database, under the same sessions.
 */
public class RollingUpgradeIT {
    private static final Path WORK = Path.of(System.getProperty("tandem.work")).resolve("upgrade");
    private static final Path PREVIOUS = Path.of(System.getProperty("tandem.previous"));
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Postgres postgres = Postgres.make(WORK.resolve("postgres")).start();
    private final Cluster cluster = Cluster.unpack(
                    Path.of(System.getProperty("tandem.distribution")), WORK, postgres, 2)
            .shareUsers();
    private final Karaf a = cluster.node("a");
    private final Karaf b = cluster.node("b");

    @After
    public void end() {
        cluster.close();
        postgres.close();
    }

    /** A customer in a session, with a page whose socket hangs on some node. */
    private record Customer(String session, String token, UUID page) {
        Api at(Karaf node) {
            return node.api().asCustomer(token);
        }

        void say(Karaf node, String text) {
            at(node).post("/chat/" + session, Map.of("text", text)).ok();
        }

        LiveSocket open(Karaf node) {
            return socket(node, at(node), session, page);
        }
    }

    private static LiveSocket socket(Karaf node, Api who, String session, UUID page) {
        var ticket =
                who.post("/tickets", Map.of("for", "live")).ok().get("ticket").asText();
        var socket = LiveSocket.open(node.uri(), "/live");
        socket.send(Map.of("op", "hello", "ticket", ticket, "page", page));
        socket.await("welcome", m -> m.path("op").asText().equals("welcome"));
        for (var kind : List.of("session", "chat")) {
            socket.send(Map.of("op", "subscribe", "topic", kind + "/" + session, "after", 0));
            socket.await(kind, m -> m.path("topic").asText().startsWith(kind));
        }
        return socket;
    }

    @Test
    public void nodeOfTheReleaseBeforeAndOneOfThisServeTheSameSessions() throws Exception {
        turn(a, true);
        a.start();
        var first = join(a);
        var agentPage = UUID.randomUUID();
        var said = new ArrayList<String>();
        var open = new ArrayList<LiveSocket>();
        open.add(first.open(a));
        open.add(socket(a, agent(a), first.session(), agentPage));
        say(said, first, a, "before");

        b.start(); // expands the tables under the older node
        var second = join(b);
        open.add(socket(b, agent(b), second.session(), UUID.randomUUID()));
        for (int i = 0; i < 10; i++) {
            say(said, first, i % 2 == 0 ? a : b, "both " + i);
        }
        assertEquals(said, texts(a, first));
        assertEquals(said, texts(b, first));
        var onB = second.open(b);
        second.say(a, "heard on the newer node");
        onB.await("what the older node wrote", m -> m.toString().contains("heard on the newer node"));

        // Somebody whose page closes on the newer node is noted; by then those on the older one would be, if they were.
        onB.close();
        Await.until("the customer of the second session counts as lost", LONG, () -> names(second.session()).stream()
                .anyMatch(name -> name.startsWith("session.lost")));
        assertEquals("ACTIVE", state(b, first.session()));
        assertTrue(
                names(first.session()).toString(),
                names(first.session()).stream().noneMatch(name -> name.startsWith("session.lost")));

        // What only this release knows stays where it is. The release before cannot tell that there is something.
        var link = agent(b).post("/sessions/" + second.session() + "/viewers", "{}")
                .ok();
        assertEquals(1, link.get("viewers").size());
        assertTrue(agent(a).get("/sessions/" + second.session())
                .ok()
                .path("viewers")
                .isMissingNode());
        assertEquals(
                link.get("viewers"),
                agent(b).get("/sessions/" + second.session()).ok().get("viewers"));
        say(said, first, a, "beside it");
        assertEquals(said, texts(b, first));

        routedByTheNewerNode();
        assertTrue("the older node is well beside work that it knows nothing of", a.healthy());
        say(said, first, a, "beside the routing");

        open.forEach(LiveSocket::close);
        open.clear();
        a.stop();
        open.add(first.open(b));
        open.add(socket(b, agent(b), first.session(), agentPage));
        say(said, first, b, "on the newer one alone");

        a.launch(); // still with the older bundles
        Await.until("the older node is refused", LONG, () -> log(a).contains("newer than this version"));
        assertTrue("an older node on newer tables says that it is healthy", !a.healthy());
        a.killHard();

        turn(a, false);
        a.start();
        say(said, first, a, "both are new");
        assertEquals(said, texts(a, first));
        assertEquals(said, texts(b, first));
        assertEquals("ACTIVE", state(a, first.session()));
        agent(a).post("/sessions/" + first.session() + "/end").ok();
        assertEquals("ENDED", state(b, first.session()));
        assertEquals(
                1,
                names(first.session()).stream()
                        .filter(name -> name.startsWith("session.ended"))
                        .count());
        assertWhole();
    }

    /**
     * WebACD is of this release: work is routed by the newer node, for an agent who has said on the older one to be there, and
     * the older one leaves streams and leases of it alone.
     */
    private void routedByTheNewerNode() {
        var worker = agent(b);
        var id = worker.get("/platform/me").ok().get("agent").get("id").asText();
        agent(a).put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
        worker.put("/webacd/agents/" + id, Map.of("capacity", 5, "inbound", true, "skills", Map.of()))
                .ok();
        worker.post(
                        "/webacd/queues",
                        Map.of(
                                "slug",
                                "help",
                                "name",
                                "Help",
                                "wrapUpSeconds",
                                0,
                                "entry",
                                Map.of("enabled", true),
                                "members",
                                List.of(Map.of("agent", id, "rank", 1))))
                .ok();
        var entered = b.api()
                .post("/webacd/entry/help", Map.of("name", "Marie Dupont", "language", "fr"))
                .ok();
        var waiting = new Customer(
                entered.get("session").asText(), entered.get("token").asText(), UUID.randomUUID());
        try (var page = waiting.open(b)) {
            var offer = Await.value("an offer", LONG, () -> StreamSupport.stream(
                            worker.get("/webacd/me").ok().get("offers").spliterator(), false)
                    .findFirst());
            worker.post("/webacd/offers/" + offer.get("id").asText() + "/accept")
                    .ok();
            Await.until("the session to be taken", LONG, () -> worker.get("/sessions/" + waiting.session())
                    .body()
                    .path("state")
                    .asText()
                    .equals("ACTIVE"));
            worker.post("/sessions/" + waiting.session() + "/end").ok();
            Await.until(
                    "the work to be done",
                    LONG,
                    () -> worker.get("/webacd/me").ok().get("work").isEmpty());
        }
    }

    private static void say(List<String> said, Customer customer, Karaf node, String text) {
        customer.say(node, text);
        said.add(text);
    }

    private Customer join(Karaf node) {
        var agent = agent(node);
        agent.put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
        var call = agent.post("/platform/simulate", Map.of("kind", "CALL", "customer", "Marie Dupont"))
                .ok()
                .get("interaction")
                .asText();
        agent.post("/platform/interactions/" + call + "/accept").ok();
        var session = agent.post("/sessions", Map.of("interaction", call)).ok();
        var joined = node.api()
                .post(
                        "/join",
                        Map.of("pin", session.get("seats").get(0).get("pin").asText()))
                .ok();
        return new Customer(session.get("id").asText(), joined.get("token").asText(), UUID.randomUUID());
    }

    private Api agent(Karaf node) {
        return node.api().as(cluster.administrator());
    }

    private String state(Karaf node, String session) {
        return agent(node).get("/sessions/" + session).ok().get("state").asText();
    }

    /** What people wrote, in order. */
    private static List<String> texts(Karaf node, Customer customer) {
        var messages = customer.at(node).get("/chat/" + customer.session()).ok().get("messages");
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> message.path("text"))
                .filter(text -> !text.asText("").isEmpty())
                .map(JsonNode::asText)
                .toList();
    }

    /** The names of the stored events of a session. */
    private List<String> names(String session) {
        try (var connection = postgres.connect();
                var find = connection.prepareStatement(
                        "SELECT name FROM journal_event WHERE kind = 'session' AND stream = ? ORDER BY version")) {
            find.setString(1, session);
            var names = new ArrayList<String>();
            try (var rows = find.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertWhole() {
        var source = new PGSimpleDataSource();
        source.setUrl(postgres.url());
        source.setUser(Postgres.USER);
        source.setPassword(postgres.password());
        try (var journal = JournalRuntime.open(source, Clock.systemUTC())) {
            assertEquals(
                    Optional.empty(),
                    journal.journal().verify(new SiteId("main")).firstFault());
        }
    }

    private static String log(Karaf node) {
        try {
            var log = node.home().resolve("data/log/karaf.log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives a node the bundles of the release before, or back its own. What Karaf has unpacked of the others goes. */
    private static void turn(Karaf node, boolean older) throws IOException {
        var system = node.home().resolve("system/dev/tandem");
        var version = System.getProperty("tandem.version");
        try (var jars = Files.list(PREVIOUS)) {
            for (var jar : jars.toList()) {
                var name = jar.getFileName().toString().replace(".jar", "");
                var own = system.resolve("tandem-" + name)
                        .resolve(version)
                        .resolve("tandem-" + name + "-" + version + ".jar");
                var kept = own.resolveSibling("own.jar");
                if (older) {
                    Files.move(own, kept);
                    Files.copy(jar, own);
                } else {
                    Files.move(kept, own, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        var boot = node.home().resolve("etc/org.apache.karaf.features.cfg");
        var features = system.resolve("tandem-features")
                .resolve(version)
                .resolve("tandem-features-" + version + "-features.xml");
        for (var file : List.of(boot, features)) {
            var kept = file.resolveSibling(file.getFileName() + ".kept");
            if (older) {
                Files.move(file, kept);
                Files.writeString(file, without(newer(system), Files.readString(kept)));
            } else {
                Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!older) {
            Folders.delete(node.home().resolve("data/cache"));
        }
    }

    /** The bundles that the release before did not have, and openapi, which may want more of the others than they have. */
    private static List<String> newer(Path system) throws IOException {
        try (var ours = Files.list(system)) {
            return ours.map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals("tandem-features"))
                    .filter(name -> !Files.exists(PREVIOUS.resolve(name.replace("tandem-", "") + ".jar")))
                    .toList();
        }
    }

    /** A list of features, or what they need, without those. */
    private static String without(List<String> names, String text) {
        var rest = text;
        for (var name : names) {
            rest = rest.replaceAll(name + "/[^,\\s]*, *|, *" + name + "/[^,\\s]*(?=\\s)", "")
                    .replaceAll("<feature(?: [^>]*)?>" + name + "</feature>", "");
        }
        return rest;
    }
}
