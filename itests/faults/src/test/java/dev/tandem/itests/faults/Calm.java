package dev.tandem.itests.faults;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;

/**
 * Before anything breaks: what only the other node is told, the one that routes acts by, and the other way round; and when
 * the one that routes drains, the other one does at once.
 */
final class Calm {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Lab lab;
    private final String site;
    private final String administrator;
    private final Routed routed;
    private final Client.World world;
    private final ExecutorService threads;
    private int customers;

    Calm(Lab lab, String site, String administrator, Routed routed, Client.World world, ExecutorService threads) {
        this.lab = lab;
        this.site = site;
        this.administrator = administrator;
        this.routed = routed;
        this.world = world;
        this.threads = threads;
    }

    void run() {
        var router = Await.value("a router", LONGEST, () -> lab.router(site));
        var other = lab.nodes().stream()
                .filter(node -> !node.equals(router))
                .findFirst()
                .orElseThrow();
        System.out.println("faults: node " + router + " routes");
        shown(router, other);

        var random = new Random(1);
        // Everything that follows is said to the other node, and heard from it.
        var alone =
                new Client.World(world.history(), Map.of(other, world.nodes().get(other)), world.ops(), world.giveUp());
        var agent = routed.agent(alone, 0, random, threads);
        agent.present("AVAILABLE");
        var customer = routed.customer(alone, "Calm customer", random, threads, () -> true);

        long begun = System.nanoTime();
        var first = enter(customer);
        take(agent, first);
        told("offered and taken at node " + other + " after", begun);

        agent.present("AWAY");
        var second = enter(customer);
        Await.until("the router to know that the agent is away", LONGEST, () -> why(router, second.item())
                .equals("AWAY"));
        begun = System.nanoTime();
        agent.present("AVAILABLE");
        take(agent, second);
        told("available at node " + other + ", offered and taken after", begun);

        begun = System.nanoTime();
        lab.node(router).shell("tandem:drain");
        told("node " + router + " drained after", begun);
        var third = enter(customer);
        take(agent, third);
        told("the router handed over, an item offered and taken after", begun);
        assertEquals(Optional.of(other), lab.router(site));
        shown(other, router);
        lab.node(router).shell("tandem:resume");
        lab.node(router).awaitHealth();
        assertEquals("it stays where it is", Optional.of(other), lab.router(site));
        agent.present("AWAY");
        agent.close();
    }

    /** Both nodes tell who routes. */
    private void shown(String router, String other) {
        var here = lab.node(router).shell("tandem:routing --site " + site);
        assertTrue(here, here.contains("router: on node " + router + " (this one)"));
        var there = lab.node(other).shell("tandem:routing --site " + site);
        assertTrue(there, there.contains("router: on node " + router) && !there.contains("this one"));
        for (var node : lab.nodes()) {
            var health = lab.node(node).shell("tandem:health");
            assertTrue(health, health.contains("routers") && health.contains("This node routes"));
        }
    }

    private RoutedCustomer.In enter(RoutedCustomer customer) {
        return customer.enter(++customers).orElseThrow(() -> new AssertionError("nobody was let in"));
    }

    private static void told(String what, long begun) {
        System.out.printf("faults: %s %d ms%n", what, (System.nanoTime() - begun) / 1_000_000);
    }

    /** By the page of the agent; the session is ended. */
    private static void take(RoutedAgent agent, RoutedCustomer.In in) {
        var offer = Await.value("an offer", LONGEST, agent::offer);
        assertEquals(in.item(), offer.get("item").asText());
        assertTrue("the offer was taken", agent.take(offer));
        Await.until("the session to end", LONGEST, () -> {
            agent.finish(in.session());
            return in.over();
        });
        in.page().close();
    }

    /** Why the agent is not asked, by the router. */
    private String why(String router, String item) {
        Api api = lab.api(router).with("Authorization", administrator);
        for (JsonNode one : api.get("/webacd/items/" + item + "/explanations")
                .ok()
                .path("now")
                .path("considered")) {
            if (!one.get("reason").asText().equals("OFFLINE")) {
                return one.get("reason").asText();
            }
        }
        return "";
    }
}
