package dev.tandem.itests.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.faults.Attempt.What;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.journal.Ids;

/**
 * An agent at work: takes a call, starts a session, talks with the customer who joins, ends it; or leaves it, or nobody
 * comes. Customer and agent write at the same time, on whatever node each of them is.
 */
final class Desk implements Runnable {
    /** What a message begins with that is sent after the end, and must be refused. */
    static final String AFTER_ALL = "after all: ";

    private final Client agent;
    private final Client.World world;
    private final String site;
    private final Random random;
    private final ExecutorService threads;
    private final BooleanSupplier open;
    private final List<String> sessions = new ArrayList<>();
    private final Queue<LivePage> pages = new ConcurrentLinkedQueue<>();
    private int scene;

    Desk(
            Client.World world,
            String site,
            Karaf.SignIn signIn,
            Random random,
            ExecutorService threads,
            BooleanSupplier open) {
        this.world = world;
        this.site = site;
        this.random = random;
        this.threads = threads;
        this.open = open;
        this.agent = new Client(world, signIn.user(), basic(signIn), new Random(random.nextLong()));
    }

    static String basic(Karaf.SignIn signIn) {
        var both = signIn.user() + ":" + signIn.password();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /** An order whose command id stays as the client sends it. */
    static Client.Order plain(What what, String on, String value, String method, String path, Map<String, ?> body) {
        return new Client.Order(what, on, value, method, path, body, UnaryOperator.identity(), answer -> "");
    }

    Client agent() {
        return agent;
    }

    List<String> sessions() {
        return List.copyOf(sessions);
    }

    List<LivePage> pages() {
        return List.copyOf(pages);
    }

    @Override
    public void run() {
        while (open.getAsBoolean()) {
            scene++;
            var interaction = call();
            if (interaction.isEmpty()) {
                agent.pause(200);
                continue;
            }
            start(interaction.get()).ifPresent(view -> play(interaction.get(), view));
        }
    }

    private Optional<String> call() {
        var simulated = agent.run(plain(
                What.SIMULATE,
                "site",
                "call " + scene,
                "POST",
                "/platform/simulate",
                Map.of("kind", "CALL", "customer", "Marie Dupont")));
        if (!simulated.acknowledged()) {
            return Optional.empty();
        }
        var id = simulated.body().get("interaction").asText();
        var path = "/platform/interactions/" + id + "/accept";
        return agent.run(plain(What.ACCEPT, id, "accept", "POST", path, Map.of()))
                        .acknowledged()
                ? Optional.of(id)
                : Optional.empty();
    }

    private Optional<JsonNode> start(String interaction) {
        var started = agent.run(
                plain(What.START, interaction, "start", "POST", "/sessions", Map.of("interaction", interaction)));
        if (!started.acknowledged()) {
            return Optional.empty();
        }
        sessions.add(started.body().get("id").asText());
        return Optional.of(started.body());
    }

    private void play(String interaction, JsonNode view) {
        var session = view.get("id").asText();
        int kind = random.nextInt(5);
        if (kind == 0) {
            // Nobody comes; the deadline will end it.
            return;
        }
        var pin = view.get("seats").get(0).get("pin").asText();
        var nobody = new Client(world, agent.name() + "'s customer " + scene, "", new Random(random.nextLong()));
        var joined = nobody.run(plain(What.JOIN, session, "join", "POST", "/join", Map.of("pin", pin, "site", site)));
        if (!joined.acknowledged()) {
            return;
        }
        var customer = new Client(
                world, nobody.name(), "Bearer " + joined.body().get("token").asText(), new Random(random.nextLong()));
        var agentPage = open(agent, session);
        var customerPage = open(customer, session);
        int most = 4 + random.nextInt(8);
        var participant = joined.body().get("participant").asText();
        var talk = CompletableFuture.runAsync(() -> talk(customer, session, participant, "", most), threads);
        talk(agent, session, view.get("me").asText(), "", most);
        talk.join();
        var over = kind == 1
                ? plain(What.LEAVE, session, "leave", "POST", "/sessions/" + session + "/leave", Map.of())
                : plain(What.END, session, "end", "POST", "/sessions/" + session + "/end", Map.of());
        var done = agent.run(over);
        customerPage.close();
        if (kind == 1) {
            agentPage.close();
            return;
        }
        // Ended stays ended, on either node.
        talk(agent, session, view.get("me").asText(), AFTER_ALL, 1);
        var page = agent.read("/chat/" + session + "?after=1000000");
        agentPage.closeAfter(Map.of(
                "chat/" + session,
                page.map(p -> p.get("number").asLong()).orElse(0L),
                "session/" + session,
                done.acknowledged() ? done.body().get("version").asLong() : 0L));
        agent.run(plain(
                What.END_CALL,
                interaction,
                "end call",
                "POST",
                "/platform/interactions/" + interaction + "/end",
                Map.of()));
    }

    private LivePage open(Client client, String session) {
        var page = new LivePage(client, random.nextInt(2), List.of("chat/" + session, "session/" + session));
        pages.add(page);
        threads.execute(page);
        return page;
    }

    private void talk(Client client, String session, String participant, String before, int most) {
        for (int n = 0; n < most; n++) {
            var text = before + client.name() + " " + scene + "." + n + " of " + session;
            client.run(new Client.Order(
                    What.SAY,
                    session,
                    text,
                    "POST",
                    "/chat/" + session,
                    Map.of("text", text),
                    key -> Ids.derived(key, "chat/" + session + "/" + participant),
                    answer -> answer.path("number").asText()));
        }
    }
}
