package dev.tandem.itests.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/** WebACD among the faults: two queues, three agents, and more customers than they have hands. */
final class Routed {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String ONE = "help";
    private static final String EVERYBODY = "everybody";
    private static final List<Integer> CAPACITIES = List.of(1, 2, 2);
    private static final int CUSTOMERS = 9;

    private final Lab lab;
    private final String site;
    private final Api administrator;
    private final List<Karaf.SignIn> agents;
    private final Map<String, Integer> capacities = new TreeMap<>();
    private final Set<String> everybody = new TreeSet<>();
    private final AtomicBoolean more = new AtomicBoolean(true);

    /** @param agents as many as there are capacities */
    Routed(Lab lab, String site, String administrator, List<Karaf.SignIn> agents) {
        this.lab = lab;
        this.site = site;
        this.administrator = lab.api("a").with("Authorization", administrator);
        this.agents = List.copyOf(agents);
    }

    static int people() {
        return CAPACITIES.size();
    }

    /** Queues for them all. */
    void configure() {
        var members = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < agents.size(); i++) {
            var id = id(agents.get(i));
            capacities.put(id, CAPACITIES.get(i));
            administrator
                    .put(
                            "/webacd/agents/" + id,
                            Map.of("capacity", CAPACITIES.get(i), "inbound", true, "skills", Map.of()))
                    .ok();
            members.add(Map.of("agent", id, "rank", 1));
        }
        queue(ONE, "LONGEST_IDLE", members);
        everybody.add(queue(EVERYBODY, "BROADCAST", members));
    }

    private String queue(String slug, String strategy, List<Map<String, Object>> members) {
        var form = new HashMap<String, Object>();
        form.put("slug", slug);
        form.put("name", slug);
        form.put("strategy", strategy);
        form.put("offerSeconds", 5);
        form.put("wrapUpSeconds", 1);
        form.put("entry", Map.of("enabled", true));
        form.put("members", members);
        return administrator.post("/webacd/queues", form).ok().get("id").asText();
    }

    private String id(Karaf.SignIn agent) {
        return lab.api("a")
                .as(agent)
                .get("/platform/me")
                .ok()
                .get("agent")
                .get("id")
                .asText();
    }

    /** The queues whose items everybody is offered. */
    Set<String> everybody() {
        return Set.copyOf(everybody);
    }

    /** By agent: how much they may have at once. */
    Map<String, Integer> capacities() {
        return Map.copyOf(capacities);
    }

    RoutedAgent agent(Client.World world, int which, Random random, ExecutorService threads) {
        var signIn = agents.get(which);
        var client = new Client(world, signIn.user(), Desk.basic(signIn), new Random(random.nextLong()));
        return new RoutedAgent(client, random, threads, more::get);
    }

    RoutedCustomer customer(
            Client.World world, String name, Random random, ExecutorService threads, BooleanSupplier open) {
        return new RoutedCustomer(world, site, name, List.of(ONE, ONE, EVERYBODY), random, threads, open);
    }

    /** All go to work. */
    List<Future<?>> begin(Client.World world, Random random, ExecutorService threads, BooleanSupplier open) {
        var working = new ArrayList<Future<?>>();
        for (int i = 0; i < agents.size(); i++) {
            working.add(threads.submit(agent(world, i, new Random(random.nextLong()), threads)));
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            var own = new Random(random.nextLong());
            working.add(threads.submit(customer(world, "Customer " + (i + 1), own, threads, open)));
        }
        return working;
    }

    /** Nobody comes any more: agents work until nothing is left. @return what is left after a long while */
    Optional<String> end() {
        try {
            Await.until("all work to be done", LONGEST, () -> living().isEmpty());
            return Optional.empty();
        } catch (AssertionError late) {
            return Optional.of(living().toString());
        } finally {
            more.set(false);
        }
    }

    private List<String> living() {
        var living = new ArrayList<String>();
        try (var connection = lab.postgres().connect();
                var find = connection.prepareStatement(
                        "SELECT item || ' ' || state FROM webacd_item WHERE site = ? AND living = 1")) {
            find.setString(1, site);
            try (var rows = find.executeQuery()) {
                while (rows.next()) {
                    living.add(rows.getString(1));
                }
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return living;
    }
}
