package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Line;

/**
 * Queues, agents and rules of a site as a test needs them, and customers who come by the queues' links: in browsers, or by
 * REST where only their waiting counts. Each customer has an address of their own, for entries are counted by address.
 */
final class Routing {
    static final Duration LONG = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Scene scene;
    private final Site site;

    Routing(Scene scene, Site site) {
        this.scene = scene;
        this.site = site;
    }

    /** A queue as REST knows it. */
    record Queue(Routing of, String id, String slug) {
        /** What is said of it, as the last change has left it. */
        JsonNode now() {
            return of.site.anna().api().get("/webacd/queues/" + id).ok().get("queue");
        }

        /** Changes some of its fields. */
        Queue set(Map<String, ?> wishes) {
            var form = JSON.convertValue(now(), Map.class);
            @SuppressWarnings("unchecked")
            var changed = new HashMap<String, Object>(form);
            changed.putAll(wishes);
            changed.values().removeIf(GONE::equals);
            of.site.anna().api().put("/webacd/queues/" + id, changed).ok();
            return this;
        }

        /** The path of its link. */
        String path() {
            return "/q/" + of.site.name() + "/" + slug;
        }

        /** How many wait, with those who are offered. */
        int waiting() {
            return of.site
                    .anna()
                    .api()
                    .get("/webacd/items?queue=" + id)
                    .ok()
                    .get("items")
                    .size();
        }
    }

    /** A value of {@link Queue#set} that takes a field away. */
    static final Object GONE = new Object();

    /** Open all hours, with a link and no form, offers of 60 s, for Anna and Ben. */
    Queue queue(String slug) {
        return queue(slug, Map.of());
    }

    /** The same with some fields otherwise, as {@code POST /api/webacd/queues} takes them. */
    Queue queue(String slug, Map<String, ?> wishes) {
        var form = new HashMap<String, Object>();
        form.put("slug", slug);
        form.put("name", slug.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + slug.substring(1));
        form.put("offerSeconds", 60);
        form.put("entry", Map.of("enabled", true));
        form.put("members", members(site.workers().toArray(Site.Worker[]::new)));
        form.putAll(wishes);
        var made = site.anna().api().post("/webacd/queues", form).ok();
        return new Queue(this, made.get("id").asText(), slug);
    }

    /** Who works for a queue, all of them at rank 1. */
    static List<Map<String, Object>> members(Site.Worker... workers) {
        return Arrays.stream(workers)
                .map(worker -> Map.<String, Object>of("agent", id(worker), "rank", 1))
                .toList();
    }

    /** The agent's id. */
    static String id(Site.Worker worker) {
        return worker.api().get("/platform/me").ok().get("agent").get("id").asText();
    }

    /** Open never. */
    static Map<String, Object> closed() {
        return Map.of(
                "zone",
                "UTC",
                "week",
                IntStream.range(0, 7).mapToObj(day -> List.of()).toList(),
                "holidays",
                List.of());
    }

    /** Open always. */
    static Map<String, Object> open() {
        var allDay = List.of(Map.of("from", "00:00", "to", "24:00"));
        return Map.of(
                "zone",
                "UTC",
                "week",
                IntStream.range(0, 7).mapToObj(day -> allDay).toList(),
                "holidays",
                List.of());
    }

    /** They may have so much at once. */
    Routing capacity(int most, Site.Worker... workers) {
        for (var worker : workers) {
            say(worker, most, true, Map.of());
        }
        return this;
    }

    /** What is said of an agent. */
    Routing say(Site.Worker worker, int capacity, boolean inbound, Map<String, Integer> skills) {
        site.anna()
                .api()
                .put("/webacd/agents/" + id(worker), Map.of("capacity", capacity, "inbound", inbound, "skills", skills))
                .ok();
        return this;
    }

    /** A skill that agents can have. */
    Routing skill(String name) {
        site.anna()
                .api()
                .put("/webacd/skills/" + name, Map.of("description", ""))
                .ok();
        return this;
    }

    /** Those rules hold from now on. */
    Routing rules(String text) {
        site.anna().api().put("/webacd/rules/draft", Map.of("text", text)).ok();
        site.anna().api().post("/webacd/rules/publish", Map.of()).ok();
        return this;
    }

    Routing available(Site.Worker... workers) {
        for (var worker : workers) {
            worker.api()
                    .put("/platform/presence", Map.of("status", "AVAILABLE"))
                    .ok();
        }
        return this;
    }

    Routing away(Site.Worker... workers) {
        for (var worker : workers) {
            worker.api()
                    .put("/platform/presence", Map.of("status", "AWAY", "reason", "break"))
                    .ok();
        }
        return this;
    }

    /** What none of several chosen agents takes goes there. */
    Routing fallback(Queue queue) {
        site.anna()
                .api()
                .put("/webacd/configuration/site", Map.of("fallback", queue.slug()))
                .ok();
        return this;
    }

    /** Hands a session over by REST, whatever comes of it. */
    static Api.Reply transfer(Site.Worker by, String session, Map<String, ?> to) {
        var body = new HashMap<String, Object>(to);
        body.put("session", session);
        return by.api().post("/webacd/transfers", body);
    }

    /** Waits until the agent has so many sessions from WebACD. */
    static void has(Site.Worker worker, int sessions) {
        Await.until(
                worker.name() + " has " + sessions,
                LONG,
                () -> mine(worker).get("load").get("assigned").asInt() == sessions);
    }

    /** What WebACD has for an agent, as the agent's page asks for it. */
    static JsonNode mine(Site.Worker worker) {
        return worker.api().get("/webacd/me").ok();
    }

    /** Waits until the agent is offered that customer; the offer as REST shows it. */
    static JsonNode offered(Site.Worker worker, String customer) {
        return Await.value(worker.name() + " is offered " + customer, LONG, () -> {
            for (var offer : mine(worker).get("offers")) {
                if (offer.get("name").asText().equals(customer)) {
                    return java.util.Optional.of(offer);
                }
            }
            return java.util.Optional.empty();
        });
    }

    /** Waits until the agent is offered nothing. */
    static void nothingOffered(Site.Worker worker) {
        Await.until(worker.name() + " is offered nothing", LONG, () -> mine(worker)
                .get("offers")
                .isEmpty());
    }

    static JsonNode accept(Site.Worker worker, JsonNode offer) {
        return worker.api()
                .post("/webacd/offers/" + offer.get("id").asText() + "/accept")
                .ok();
    }

    static Api.Reply decline(Site.Worker worker, JsonNode offer) {
        return worker.api().post("/webacd/offers/" + offer.get("id").asText() + "/decline");
    }

    /** A customer with a browser at the queue's link, before anything is said. */
    Customer at(Queue queue) {
        return at(queue, scene.customer());
    }

    Customer at(Queue queue, Person person) {
        var line = scene.closing(Line.elsewhere(site.karaf().uri()));
        var page = person.open(line.uri() + queue.path());
        page.getByRole(AriaRole.HEADING).first().waitFor();
        return new Customer(person, page);
    }

    /** A customer who has come by the link and waits on the customer's page. */
    Customer customerAt(Queue queue, String name) {
        return come(at(queue), name);
    }

    /** Says the name and presses the one button. */
    static Customer come(Customer customer, String name) {
        customer.page().locator("#name").fill(name);
        return send(customer);
    }

    /** Sends the form and waits for the customer's page. */
    static Customer send(Customer customer) {
        customer.page().locator("form button.primary").click();
        customer.page().waitForURL(Pattern.compile("/join"));
        customer.page().getByRole(AriaRole.TEXTBOX).last().waitFor();
        return customer;
    }

    /** What the customer's page says of the wait. */
    static com.microsoft.playwright.Locator wait(Customer customer) {
        return customer.page()
                .locator(
                        "[role=status]",
                        new Page.LocatorOptions().setHas(customer.page().locator("p")));
    }

    /** A customer by REST, who waits from now on, with a page. */
    Waiting waitsAt(Queue queue, String name) {
        return waitsAt(queue, name, Map.of());
    }

    Waiting waitsAt(Queue queue, String name, Map<String, String> answers) {
        var entered = enter(queue, Map.of("name", name, "language", "en", "answers", answers))
                .ok();
        var session = entered.get("session").asText();
        var api = site.karaf().api().asCustomer(entered.get("token").asText());
        scene.stays(api, session);
        return new Waiting(name, session, entered.get("item").asText(), api);
    }

    /** Tries to come in by a queue's link, from an address of one's own. */
    Api.Reply enter(Queue queue, Map<String, ?> body) {
        return site.karaf().api().postFromElsewhere("/webacd/entry/" + site.name() + "/" + queue.slug(), body);
    }

    /** A customer who has come by REST. */
    record Waiting(String name, String session, String item, Api api) {
        /** What the customer may know of the wait. */
        JsonNode place() {
            return api.get("/webacd/entry/wait/of/" + session).ok();
        }

        void leave() {
            api.post("/sessions/" + session + "/leave").ok();
        }
    }

    /** The agent's offers, as somebody who reads English uses them. */
    static Offers offers(Desktop desktop) {
        return new Offers(desktop.page());
    }

    /** The row below the desktop's header. */
    record Offers(Page page) {
        com.microsoft.playwright.Locator all() {
            return page.locator("article[data-offer]");
        }

        com.microsoft.playwright.Locator of(String customer) {
            return page.locator("article[data-offer]", new Page.LocatorOptions().setHasText(customer));
        }

        /** Waits for the offer of that customer and accepts it by the keyboard. */
        void accept(String customer) {
            assertThat(of(customer)).isVisible();
            page.keyboard().press("Alt+w");
        }

        void decline(String customer) {
            of(customer).getByText("Decline").click();
        }
    }
}
