package dev.tandem.itests.faults;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.faults.Attempt.What;

/**
 * An agent whom WebACD gives work: a program with a page's socket on some node, which takes most offers, declines some, lets
 * some pass and says then to be there again, and ends the sessions after a while.
 */
final class RoutedAgent implements Runnable {
    private static final String TOPIC = "webacd/me";
    private static final long HEARS_NOTHING_MILLIS = 1_500;

    private final Client client;
    private final Random random;
    private final BooleanSupplier more;
    private final LinkedBlockingDeque<JsonNode> heard = new LinkedBlockingDeque<>();
    private final LivePage page;
    private final Set<String> answered = new HashSet<>();

    /** @param more whether there may be work still */
    RoutedAgent(Client client, Random random, ExecutorService threads, BooleanSupplier more) {
        this.client = client;
        this.random = random;
        this.more = more;
        this.page = new LivePage(client, random.nextInt(2), List.of(TOPIC), this::hear);
        threads.execute(page);
    }

    private void hear(JsonNode message) {
        if (message.hasNonNull("body")) {
            heard.add(message.get("body"));
        }
    }

    Client client() {
        return client;
    }

    void present(String status) {
        client.run(RoutedCustomer.order(
                What.PRESENT, client.name(), status, "PUT", "/platform/presence", Map.of("status", status)));
    }

    @Override
    public void run() {
        present("AVAILABLE");
        while (more.getAsBoolean() && !client.world().over()) {
            latest().or(() -> client.read("/webacd/me")).ifPresent(this::work);
        }
        close();
    }

    void close() {
        page.close();
    }

    /** The newest of what the page was told, if that is anything. */
    private Optional<JsonNode> latest() {
        try {
            var first = Optional.ofNullable(heard.poll(HEARS_NOTHING_MILLIS, TimeUnit.MILLISECONDS));
            var newest = Optional.ofNullable(heard.peekLast());
            heard.clear();
            return newest.or(() -> first);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void work(JsonNode me) {
        if (me.hasNonNull("absent")) {
            present("AVAILABLE");
        }
        for (var offer : me.path("offers")) {
            if (answered.add(offer.get("id").asText())) {
                answer(offer, random.nextInt(12));
            }
        }
        for (var work : me.path("work")) {
            if (work.get("state").asText().equals("ASSIGNED") && random.nextInt(3) > 0) {
                finish(work.get("sourceId").asText());
            }
        }
    }

    private void answer(JsonNode offer, int how) {
        if (how == 0) {
            // Let it pass: the next one is asked, and this agent is away until it says otherwise.
            return;
        }
        if (how == 1) {
            answer(offer.get("id").asText(), What.DECLINE_OFFER, "decline");
        } else {
            take(offer);
        }
    }

    /** @return whether this agent has it now */
    boolean take(JsonNode offer) {
        return answer(offer.get("id").asText(), What.TAKE_OFFER, "accept");
    }

    private boolean answer(String offer, What what, String verb) {
        return client.run(RoutedCustomer.order(
                        what, offer, verb, "POST", "/webacd/offers/" + offer + "/" + verb, Map.of()))
                .acknowledged();
    }

    /** Ends the session, once it is there. */
    void finish(String session) {
        var there = client.read("/sessions/" + session)
                .filter(view -> view.path("state").asText().equals("ACTIVE")
                        || view.path("state").asText().equals("INTERRUPTED"));
        if (there.isPresent()) {
            client.run(RoutedCustomer.order(
                    What.FINISH, session, "finish", "POST", "/sessions/" + session + "/end", Map.of()));
        }
    }

    /** The first offer that the page is told of, and not before. */
    Optional<JsonNode> offer() {
        return latest().map(me -> me.path("offers"))
                .filter(offers -> !offers.isEmpty())
                .map(offers -> offers.get(0));
    }
}
