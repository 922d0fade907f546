package dev.tandem.webacd.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.internal.config.Changed;
import dev.tandem.webacd.internal.config.ConfigurationForm;
import dev.tandem.webacd.internal.config.ConfigurationJson;
import dev.tandem.webacd.internal.config.Office;
import dev.tandem.webacd.internal.config.QueueForm;

/** The REST doors, without HTTP. */
public class ConfigResourcesTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Call root = call(Agent.Role.AGENT, Agent.Role.ADMINISTRATOR);
    private final Call boss = call(Agent.Role.AGENT, Agent.Role.SUPERVISOR);
    private final Call anna = call(Agent.Role.AGENT);
    private Office office;
    private QueuesResource queues;
    private AgentsResource agents;
    private SkillsResource skills;
    private RulesResource rules;
    private ConfigurationResource configuration;

    @Before
    public void open() {
        var sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + folder.getRoot().toPath().resolve("test.db"));
        office = new Office(sqlite);
        queues = new QueuesResource(office.desk, office.clock);
        agents = new AgentsResource(office.desk);
        skills = new SkillsResource(office.desk);
        rules = new RulesResource(office.desk, office.clock);
        configuration = new ConfigurationResource(office.desk, office.transfer);
    }

    @After
    public void close() {
        office.close();
    }

    private QueuesResource.QueueView make(QueueForm form) {
        return queues.make(root, form);
    }

    /** Everything that the editor of a queue has is kept, comes back as it was said, and rules send there. */
    @Test
    public void WX1_WX2_aQueueWithItsFormItsUsersItsLinkItsStartAndItsRules() {
        skills.say(root, "french", new SkillsResource.Said("Speaks French"));
        var made = make(Changed.of("printers")
                .with("description", "\"Paper jams\"")
                .with("strategy", "\"ROUND_ROBIN\"")
                .with("members", "[{\"agent\":\"anna\",\"rank\":1},{\"agent\":\"ben\",\"rank\":2}]")
                .with(
                        "entry",
                        "{\"enabled\":true,\"fields\":[{\"key\":\"product\",\"label\":{\"en\":\"Product\",\"fr\":\"Produit\"},"
                                + "\"type\":\"CHOICE\",\"options\":[\"Laser\",\"Ink\"],\"required\":true}],"
                                + "\"openText\":{\"en\":\"Get help\"},\"closedText\":{\"en\":\"Closed\"},"
                                + "\"closedUrl\":\"https://example.org/hours\"}")
                .with(
                        "start",
                        "{\"screen\":\"CONTROL\",\"url\":\"https://example.org/\",\"voice\":true,"
                                + "\"systemInformation\":true,\"scripts\":false,\"reboot\":false}")
                .form());
        assertEquals(made, queues.queue(boss, made.id()));
        assertEquals(List.of(made), queues.queues(boss).queues());
        var queue = made.queue();
        var fresh = queues.queues(boss).fresh();
        assertEquals(fresh.offerSeconds(), queue.offerSeconds());
        assertEquals(fresh.hours(), queue.hours());
        assertEquals(Optional.of("LONGEST_IDLE"), fresh.strategy());
        assertEquals(
                "Produit",
                queue.entry()
                        .orElseThrow()
                        .fields()
                        .orElseThrow()
                        .get(0)
                        .label()
                        .get("fr"));
        assertEquals(
                "Get help", queue.entry().orElseThrow().openText().orElseThrow().get("en"));
        assertTrue(queue.start().orElseThrow().voice());
        assertFalse(queue.start().orElseThrow().reboot());
        rules.draft(
                root,
                null,
                new RulesResource.Text("form.product = \"laser\" -> queue printers, priority 2, skill french >= 3"));
        rules.publish(root, null, new RulesResource.Publishing(Optional.of("first")));
        var tried = rules.attempt(boss, example(Map.of("product", "Laser")));
        assertEquals(Optional.of("printers"), tried.queue());
        assertEquals(Map.of("french", 3), tried.skills());
        assertEquals(
                Optional.empty(),
                rules.attempt(boss, example(Map.of("product", "Ink"))).rule());
        assertEquals(List.of("printers"), rules.rules(boss).words().queues());
    }

    private static RulesResource.Example example(Map<String, String> form) {
        return new RulesResource.Example(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(form),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    public void openingHoursInTheZoneOfTheQueue() {
        var made = make(Changed.of("printers")
                .with(
                        "hours",
                        "{\"zone\":\"America/New_York\",\"week\":[[],[],[],[],[],[{\"from\":\"08:00\",\"to\":\"17:00\"}],[]],"
                                + "\"holidays\":[]}")
                .form());
        assertFalse("07:00 on Saturday there", made.open());
        assertEquals("2026-11-21T13:00:00Z", made.changes().orElseThrow().toString());
        office.clock.set(made.changes().orElseThrow());
        assertTrue(queues.queue(boss, made.id()).open());
    }

    @Test
    public void agentsWithCapacityNewWorkAndQueues() {
        var made = make(Changed.of("printers")
                .with("members", "[{\"agent\":\"anna\",\"rank\":3}]")
                .form());
        agents.say(root, "anna", new AgentsResource.Said(4, false, Optional.empty()));
        var view = agents.agent(boss, "anna");
        assertEquals(4, view.capacity());
        assertFalse(view.inbound());
        assertEquals(List.of(new AgentsResource.OfQueue(made.id(), "printers", 3)), view.queues());
        assertEquals(1, agents.agents(boss, null).agents().size());
        var everybody = agents.agents(boss, "true").agents();
        assertTrue("the platform's other agents too", everybody.size() > 1);
        assertEquals(
                List.of(view),
                everybody.stream().filter(AgentsResource.AgentView::webacd).toList());
        problem(
                400,
                "invalid",
                "capacity",
                () -> agents.say(root, "anna", new AgentsResource.Said(0, true, Optional.empty())));
        problem(
                404,
                "unknown",
                null,
                () -> agents.say(root, "nobody", new AgentsResource.Said(1, true, Optional.empty())));
        problem(404, "unknown", null, () -> agents.agent(boss, "ben"));
        agents.remove(root, "anna");
        assertEquals(List.of(), queues.queue(boss, made.id()).queue().members().orElseThrow());
    }

    @Test
    public void administratorsChangeSupervisorsReadAgentsNeither() {
        var form = Office.form("printers");
        problem(403, "administrator-needed", null, () -> queues.make(boss, form));
        problem(403, "administrator-needed", null, () -> rules.rollback(boss, new RulesResource.Rollback(1)));
        problem(
                403,
                "administrator-needed",
                null,
                () -> configuration.take(boss, null, null, sent(office.transfer.export(Office.SITE))));
        problem(403, "supervisor-needed", null, () -> queues.queues(anna));
        problem(403, "supervisor-needed", null, () -> rules.check(anna, new RulesResource.Text("")));
        problem(403, "supervisor-needed", null, () -> configuration.export(anna));
        queues.queues(root);
    }

    @Test
    public void badInputIsNamed() {
        var made = make(Office.form("printers"));
        problem(400, "slug-taken", "slug", () -> queues.make(root, Office.form("printers")));
        problem(400, "invalid", "body", () -> queues.make(root, null));
        problem(
                400,
                "strategy-unknown",
                "strategy",
                () -> queues.make(
                        root, Changed.of("x").with("strategy", "\"BEST\"").form()));
        problem(404, "unknown", null, () -> queues.queue(boss, "no-uuid"));
        problem(404, "unknown", null, () -> queues.queue(boss, UUID.randomUUID().toString()));
        problem(
                404,
                "unknown",
                null,
                () -> queues.remove(root, UUID.randomUUID().toString(), null));
        problem(400, "queue-unknown", "moveTo", () -> queues.remove(root, made.id(), "x"));
        problem(400, "invalid", "version", () -> queues.change(root, made.id(), "x", Office.form("printers")));
        problem(409, "changed-meanwhile", null, () -> queues.change(root, made.id(), "99", Office.form("printers")));
        problem(
                400,
                "invalid",
                "mode",
                () -> configuration.take(root, "all", null, sent(office.transfer.export(Office.SITE))));
        problem(
                400,
                "invalid",
                "dryRun",
                () -> configuration.take(root, null, "1", sent(office.transfer.export(Office.SITE))));
        problem(400, "queue-unknown", "fallback", () -> configuration.say(root, sent("{\"fallback\":\"x\"}")));
        problem(400, "invalid", "skill", () -> skills.say(root, "Très bien", new SkillsResource.Said("")));
        problem(404, "unknown", null, () -> rules.version(boss, "7"));
        problem(409, "no-draft", null, () -> rules.publish(root, null, null));
        var beyond = new RulesResource.Example(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(java.time.Instant.MAX));
        problem(400, "invalid", "at", () -> rules.attempt(boss, beyond));
    }

    @Test
    public void aQueueWithItemsWaitingIsNotDeleted() {
        var made = make(Office.form("printers"));
        office.waiting.put(Doors.queue(made.id()), 1);
        problem(409, "queue-not-empty", null, () -> queues.remove(root, made.id(), null));
        office.waiting.clear();
        queues.remove(root, made.id(), null);
        problem(404, "unknown", null, () -> queues.queue(boss, made.id()));
    }

    @Test
    public void rulesThatContradictLoopOrNeverMatchAreToldAtSaveWithLineAndColumn() {
        make(Office.form("printers"));
        var shadowed = "always -> queue printers\ncompany = \"Acme\" -> queue printers";
        problem(400, "rule-shadowed", "text[2:1]", () -> rules.draft(root, null, new RulesResource.Text(shadowed)));
        var told = rules.check(boss, new RulesResource.Text("day = monday and day = friday -> queue printer"))
                .problems();
        assertEquals(
                "all of it at once",
                List.of("rule-contradiction 1:18", "rule-unknown-queue 1:34"),
                told.stream()
                        .map(one -> one.code() + " " + one.line() + ":" + one.column())
                        .toList());
        problem(
                400,
                "overflow-loop",
                "overflow.queue",
                () -> queues.change(
                        root,
                        queues.queues(boss).queues().get(0).id(),
                        null,
                        Changed.of("printers")
                                .with("overflow", "{\"queue\":\"printers\",\"afterSeconds\":9}")
                                .form()));
        assertEquals(Optional.empty(), rules.rules(boss).draft());
        assertEquals(
                Optional.of("always -> queue printers\n"),
                rules.check(boss, new RulesResource.Text(" always->queue printers"))
                        .formatted());
    }

    @Test
    public void oneCommandRollsBack() {
        make(Office.form("printers"));
        for (var text : List.of("always -> queue printers", "always -> queue printers, priority 5")) {
            rules.draft(root, null, new RulesResource.Text(text));
            rules.publish(root, null, null);
        }
        var back = rules.rollback(root, new RulesResource.Rollback(1));
        assertEquals(3, back.version());
        assertEquals("always -> queue printers", back.text());
        assertEquals(Optional.of(1), rules.versions(boss).versions().get(0).restores());
        assertEquals(
                "always -> queue printers, priority 5", rules.version(boss, "2").text());
    }

    /** As the body of a request. */
    private static Supplier<InputStream> sent(ConfigurationForm form) {
        return sent(ConfigurationJson.write(form));
    }

    private static Supplier<InputStream> sent(String json) {
        return () -> new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void aRoutingOfThousandsOfMembersGoesInAndOneBeyondTheBoundDoesNot() {
        var members = Office.AGENTS.stream()
                .map(agent -> "{\"agent\":\"" + agent + "\",\"rank\":1}")
                .collect(Collectors.joining(","));
        var queues = IntStream.range(0, 900)
                .mapToObj(i -> "{\"slug\":\"q" + i + "\",\"name\":\"Queue " + i + "\",\"members\":[" + members + "]}")
                .collect(Collectors.joining(","));
        var all = "{\"format\":1,\"queues\":[" + queues + "]}";
        assertTrue("more than other bodies may be", all.length() > 64 * 1024);
        assertEquals(
                Map.of("queue-set", 900),
                configuration.take(root, null, null, sent(all)).changes());
        assertEquals(900, this.queues.queues(boss).queues().size());
        var blanks = " ".repeat(ConfigurationResource.LARGEST_ROUTING);
        var problem = assertThrows(
                        ProblemException.class, () -> configuration.take(root, null, null, sent(all + blanks)))
                .problem();
        assertEquals("413 too-large", problem.status() + " " + problem.code());
        assertTrue(problem.detail(), problem.detail().contains("8 MB"));
        problem(
                403,
                "administrator-needed",
                null,
                () -> configuration.take(boss, null, null, () -> {
                    throw new IllegalStateException("nothing is read of who may not");
                }));
        problem(400, "not-json", null, () -> configuration.take(root, null, null, sent("{\"format\":1,")));
        problem(400, "not-json", null, () -> configuration.take(root, null, null, sent("")));
        problem(
                400,
                "invalid",
                "queues[0].nme",
                () -> configuration.take(
                        root,
                        null,
                        null,
                        sent("{\"format\":1,\"queues\":[{\"slug\":\"a\",\"name\":\"A\",\"nme\":1}]}")));
    }

    private static void problem(int status, String code, String field, ThrowingRunnable what) {
        var problem = assertThrows(ProblemException.class, what).problem();
        assertEquals(
                code + " " + status + " " + field,
                problem.code() + " " + problem.status() + " " + problem.field().orElse(null));
    }

    private static Call call(Agent.Role... roles) {
        var agent = new Agent(Office.SITE, new AgentId("caller"), "Caller", Set.of(roles));
        return new Call() {
            @Override
            public Caller caller() {
                return new Caller.OfAgent(agent);
            }

            @Override
            public Agent agent() {
                return agent;
            }

            @Override
            public Agent administrator() {
                if (agent.has(Agent.Role.ADMINISTRATOR)) {
                    return agent;
                }
                throw new ProblemException(new Problem(403, "administrator-needed", "Only an administrator may."));
            }

            @Override
            public String address() {
                return "192.0.2.7";
            }

            @Override
            public UUID commandId() {
                return UUID.randomUUID();
            }

            @Override
            public Locale language() {
                return Locale.ENGLISH;
            }

            @Override
            public SiteId defaultSite() {
                return Office.SITE;
            }

            @Override
            public URI publicUrl() {
                return URI.create("http://127.0.0.1:8181");
            }
        };
    }
}
