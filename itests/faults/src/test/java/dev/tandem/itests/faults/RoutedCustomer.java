package dev.tandem.itests.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.faults.Attempt.What;
import dev.tandem.journal.Ids;

/** Somebody who asks for a session by a queue's link, over and over, and stays until an agent has ended it. */
final class RoutedCustomer implements Runnable {
    private final Client.World world;
    private final String site;
    private final String name;
    private final List<String> queues;
    private final Random random;
    private final ExecutorService threads;
    private final BooleanSupplier open;

    RoutedCustomer(
            Client.World world,
            String site,
            String name,
            List<String> queues,
            Random random,
            ExecutorService threads,
            BooleanSupplier open) {
        this.world = world;
        this.site = site;
        this.name = name;
        this.queues = queues;
        this.random = random;
        this.threads = threads;
        this.open = open;
    }

    /** Somebody who has come in. The page has to be closed. */
    record In(Client client, String session, String item, LivePage page) {
        boolean over() {
            return client.read("/chat/" + session + "?after=1000000").isEmpty();
        }
    }

    @Override
    public void run() {
        for (int n = 1; open.getAsBoolean(); n++) {
            var in = enter(n);
            while (in.isPresent() && !world.over() && !in.get().over()) {
                in.get().client().pause(300);
            }
            in.ifPresent(one -> one.page().close());
        }
    }

    /** @return empty if there was no answer in the end */
    Optional<In> enter(int n) {
        // Entries are counted by address.
        var address = "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + (1 + random.nextInt(254));
        var called = name + " " + n;
        var nobody = new Client(world, called, "", new Random(random.nextLong()), Optional.of(address));
        var slug = queues.get(random.nextInt(queues.size()));
        var entered = nobody.run(new Client.Order(
                What.ENTER,
                slug,
                called,
                "POST",
                "/webacd/entry/" + site + "/" + slug,
                Map.of("name", called, "language", "en"),
                key -> Ids.derived(key, "webacd.submit"),
                answer -> answer.path("item").asText()));
        if (!entered.acknowledged()) {
            return Optional.empty();
        }
        var session = entered.body().get("session").asText();
        var token = entered.body().get("token").asText();
        var customer = new Client(world, called, "Bearer " + token, new Random(random.nextLong()));
        var page = new LivePage(customer, random.nextInt(2), List.of("session/" + session));
        threads.execute(page);
        return Optional.of(new In(customer, session, entered.body().get("item").asText(), page));
    }

    /** An order of an agent's, whose command is named as it is sent. */
    static Client.Order order(What what, String on, String value, String method, String path, Map<String, ?> body) {
        return new Client.Order(
                what, on, value, method, path, body, UnaryOperator.identity(), (JsonNode answer) -> answer.path("item")
                        .asText(""));
    }
}
