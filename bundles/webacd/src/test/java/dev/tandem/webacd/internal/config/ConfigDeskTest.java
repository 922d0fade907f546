package dev.tandem.webacd.internal.config;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;

public class ConfigDeskTest extends OnBothDatabases {
    private Office office;

    @Before
    public void open() {
        office = new Office(fresh());
    }

    @After
    public void close() {
        office.close();
    }

    private static RoutingFault fault(String code, ThrowingRunnable what) {
        var fault = assertThrows(RoutingFault.class, what);
        assertEquals(fault.getMessage(), code, fault.refusal().code());
        return fault;
    }

    private static void field(String field, String code, ThrowingRunnable what) {
        assertEquals(Optional.of(field), fault(code, what).field());
    }

    private void publish(String rules) {
        office.desk.draft(office.by(), rules, Optional.empty());
        office.desk.publish(office.by(), "", Optional.empty());
    }

    @Test
    public void aQueuesLife() {
        var heard = new ArrayList<SiteId>();
        office.stored.listen(heard::add);
        var id = office.queue("printers");
        var queue = office.now().queue(id).orElseThrow();
        assertEquals("Europe/Zurich", queue.config().hours().zone());
        assertTrue(queue.hours().openAt(office.clock.instant()));
        var other = Changed.of("printers").with("name", "\"Big printers\"").form();
        office.desk.change(office.by(), id, other, Optional.of(queue.version()));
        fault("changed-meanwhile", () -> office.desk.change(office.by(), id, other, Optional.of(queue.version())));
        assertEquals(
                "Big printers", office.now().queue(id).orElseThrow().config().name());
        office.desk.remove(office.by(), id, Optional.empty());
        assertEquals(Optional.empty(), office.now().queue(id));
        assertEquals("its past keeps its name", Map.of(id, "Big printers"), office.stored.names(Office.SITE));
        assertEquals(List.of(Office.SITE), office.stored.sites());
        fault("unknown", () -> office.desk.change(office.by(), id, other, Optional.empty()));
    }

    @Test
    public void linksWithSitesThatThereAreNotFillNoMemory() {
        for (int i = 0; i < 1_100; i++) {
            assertTrue(office.stored
                    .of(new dev.tandem.platform.SiteId("made-up-" + i))
                    .queues()
                    .isEmpty());
        }
        assertEquals(1_000, office.stored.kept());
        var id = office.queue("printers");
        assertTrue(office.stored.of(Office.SITE).queue(id).isPresent());
        assertEquals("one that has a routing is known all the same", 1_001, office.stored.kept());
    }

    @Test
    public void aRepeatedCommandMakesOneQueue() {
        var by = office.by();
        var id = office.desk.create(by, Office.form("printers"));
        assertEquals(id, office.desk.create(by, Office.form("printers")));
        field("slug", "slug-taken", () -> office.queue("printers"));
        assertEquals(1, office.now().queues().size());
    }

    @Test
    public void aQueueWithItemsIsNotDeletedUntilTheyAreMoved() {
        var printers = office.queue("printers");
        var sales = office.queue("sales");
        office.waiting.put(printers, 2);
        fault("queue-not-empty", () -> office.desk.remove(office.by(), printers, Optional.empty()));
        field("moveTo", "queue-unknown", () -> office.desk.remove(office.by(), printers, Optional.of(printers)));
        field(
                "moveTo",
                "queue-unknown",
                () -> office.desk.remove(office.by(), printers, Optional.of(new QueueId(UUID.randomUUID()))));
        assertTrue(office.now().queue(printers).isPresent());
        office.desk.remove(office.by(), printers, Optional.of(sales));
        assertEquals(Map.of(printers, sales), office.moved);
        assertEquals(Optional.empty(), office.now().queue(printers));
    }

    @Test
    public void nothingIsMovedOutOfAQueueThatCannotGo() {
        var printers = office.queue("printers");
        var sales = office.queue("sales");
        publish("always -> queue printers");
        fault("rules-break", () -> office.desk.remove(office.by(), printers, Optional.of(sales)));
        office.desk.site(office.by(), Optional.empty(), Optional.of("sales"));
        fault("queue-is-fallback", () -> office.desk.remove(office.by(), sales, Optional.of(printers)));
        assertEquals(Map.of(), office.moved);
    }

    @Test
    public void overflowGoesRoundInNoCircle() {
        var a = office.queue("a");
        var b = office.desk.create(office.by(), over("b", "a"));
        office.desk.create(office.by(), over("c", "b"));
        var loop = fault("overflow-loop", () -> office.desk.change(office.by(), a, over("a", "c"), Optional.empty()));
        assertEquals("Overflow goes round in a circle: a -> c -> b -> a.", loop.getMessage());
        fault("overflow-loop", () -> office.desk.change(office.by(), a, over("a", "a"), Optional.empty()));
        field("overflow.queue", "queue-unknown", () -> office.desk.create(office.by(), over("d", "x")));
        fault("queue-in-use", () -> office.desk.remove(office.by(), a, Optional.empty()));
        field("fallback", "fallback-loop", () -> office.desk.site(office.by(), Optional.empty(), Optional.of("b")));
        office.desk.site(office.by(), Optional.empty(), Optional.of("a"));
        fault("fallback-loop", () -> office.desk.change(office.by(), a, over("a", "d"), Optional.empty()), "d");
        assertTrue(office.now().queue(b).isPresent());
    }

    private void fault(String code, ThrowingRunnable what, String queue) {
        office.queue(queue);
        fault(code, what);
    }

    private static QueueForm over(String slug, String to) {
        return Changed.of(slug)
                .with("overflow", "{\"queue\":\"" + to + "\",\"afterSeconds\":60}")
                .form();
    }

    @Test
    public void rulesHoldFromPublishToRollback() {
        var printers = office.queue("printers");
        var sales = office.queue("sales");
        fault("no-draft", () -> office.desk.publish(office.by(), "", Optional.empty()));
        publish("always -> queue printers");
        office.desk.draft(office.by(), "company = \"Acme\" -> queue sales, priority 3", Optional.empty());
        assertEquals(
                "a draft holds nothing", Optional.of(printers), route("Acme").queue());
        office.desk.publish(office.by(), "for Acme", Optional.empty());
        assertEquals(Optional.of(sales), route("Acme").queue());
        assertEquals(Optional.of(3), route("Acme").priority());
        assertEquals("nothing says where", Optional.empty(), route("Beta").queue());
        office.desk.site(office.by(), Optional.empty(), Optional.of("printers"));
        assertEquals(Optional.of(printers), route("Beta").queue());
        office.desk.rollback(office.by(), 1);
        assertEquals(Optional.of(printers), route("Acme").queue());
        fault("rules-same", () -> office.desk.rollback(office.by(), 1));
        fault("unknown", () -> office.desk.rollback(office.by(), 9));
        var versions = office.desk.versions(Office.SITE, 10);
        assertEquals(
                List.of(3, 2, 1), versions.stream().map(RulesVersion::version).toList());
        assertEquals(Optional.of(1), versions.get(0).restores());
        assertEquals("for Acme", versions.get(1).note());
    }

    private Routing.Routed route(String company) {
        var asked = new Routing.Asked("transfer", Optional.empty(), company, "fr", Map.of(), Map.of());
        return office.stored.decide(Office.SITE, asked, office.clock.instant());
    }

    @Test
    public void rulesWithAMistakeAreNotSaved() {
        office.queue("printers");
        field(
                "text[2:11]",
                "rule-unknown-queue",
                () -> office.desk.draft(office.by(), "\nalways -> queue sales", Optional.empty()));
        field(
                "text[1:20]",
                "rule-contradiction",
                () -> office.desk.draft(
                        office.by(), "company = \"A\" and  company = \"B\" -> queue printers", Optional.empty()));
        assertEquals(Optional.empty(), office.now().rulesNow().draft());
    }

    @Test
    public void whatRulesNeedStays() {
        var printers = office.desk.create(
                office.by(),
                Changed.of("printers")
                        .with(
                                "entry",
                                "{\"enabled\":true,\"fields\":[{\"key\":\"pages\",\"label\":{\"en\":\"Pages\"},\"type\":\"NUMBER\"}]}")
                        .form());
        office.desk.skill(office.by(), "french", "");
        publish("form.pages > 3 -> queue printers, skill french >= 2");
        fault("rules-break", () -> office.desk.removeSkill(office.by(), "french"));
        var broken = fault(
                "rules-break",
                () -> office.desk.change(office.by(), printers, Office.form("printers"), Optional.empty()));
        assertTrue(broken.getMessage(), broken.getMessage().contains("line 1, column 1"));
        fault("rules-break", () -> office.desk.change(office.by(), printers, Office.form("renamed"), Optional.empty()));
        field(
                "entry.fields[0].type",
                "field-type",
                () -> office.desk.create(
                        office.by(),
                        Changed.of("sales")
                                .with(
                                        "entry",
                                        "{\"enabled\":true,\"fields\":[{\"key\":\"pages\",\"label\":{\"en\":\"Pages\"},\"type\":\"TEXT\"}]}")
                                .form()));
    }

    @Test
    public void timesOfRulesAreThoseOfTheQueueThatIsAskedFor() {
        var tokyo = office.desk.create(
                office.by(),
                Changed.of("tokyo")
                        .with("hours", "{\"zone\":\"Asia/Tokyo\",\"week\":[[],[],[],[],[],[],[]],\"holidays\":[]}")
                        .form());
        office.queue("morning");
        publish("time < 12:00 -> queue morning");
        var at = Instant.parse("2026-11-23T04:00:00Z");
        var there = new Routing.Asked("link", Optional.of(tokyo), "", "", Map.of(), Map.of());
        assertEquals(
                "13:00 there",
                Optional.of(tokyo),
                office.stored.decide(Office.SITE, there, at).queue());
        var here = new Routing.Asked("link", Optional.empty(), "", "", Map.of(), Map.of());
        assertTrue(
                "05:00 here", office.stored.decide(Office.SITE, here, at).rule().isPresent());
        assertFalse(office.stored.openAt(Office.SITE, tokyo, at));
        office.desk.site(office.by(), Optional.of("Asia/Tokyo"), Optional.empty());
        assertFalse(office.stored.decide(Office.SITE, here, at).rule().isPresent());
    }

    @Test
    public void agentsAndSkills() {
        fault(
                "unknown",
                () -> office.desk.agent(office.by(), "nobody", new AgentConfig(1, true, Map.of()), Optional.empty()));
        field(
                "skills.french",
                "skill-unknown",
                () -> office.desk.agent(
                        office.by(), "anna", new AgentConfig(1, true, Map.of("french", 3)), Optional.empty()));
        office.desk.skill(office.by(), "french", "Speaks French");
        field(
                "capacity",
                "invalid",
                () -> office.desk.agent(office.by(), "anna", new AgentConfig(21, true, Map.of()), Optional.empty()));
        field(
                "skills.french",
                "invalid",
                () -> office.desk.agent(
                        office.by(), "anna", new AgentConfig(2, true, Map.of("french", 11)), Optional.empty()));
        office.desk.agent(office.by(), "anna", new AgentConfig(2, false, Map.of("french", 3)), Optional.empty());
        fault("skill-in-use", () -> office.desk.removeSkill(office.by(), "french"));
        var members = Changed.of("printers")
                .with("members", "[{\"agent\":\"ben\",\"rank\":2},{\"agent\":\"anna\",\"rank\":1}]");
        var id = office.desk.create(office.by(), members.form());
        assertEquals(Map.of(id, 2), office.now().queuesOf(new AgentId("ben")));
        assertEquals(
                "of whom nothing is said",
                1,
                office.now().agents().get(new AgentId("ben")).capacity());
        office.desk.removeAgent(office.by(), "anna");
        assertEquals(Map.of(), office.now().queuesOf(new AgentId("anna")));
        fault("unknown", () -> office.desk.removeAgent(office.by(), "anna"));
        field(
                "members[0].agent",
                "agent-unknown",
                () -> office.desk.create(
                        office.by(),
                        Changed.of("sales")
                                .with("members", "[{\"agent\":\"nobody\",\"rank\":1}]")
                                .form()));
        office.desk.removeSkill(office.by(), "french");
    }

    @Test
    public void everyBoundNamesItsField() {
        office.desk.skill(office.by(), "french", "");
        var week = "[[],[],[],[],[],[],[]]";
        var bad = new ArrayList<List<String>>();
        bad.add(List.of("slug", "slug", "\"Printers\""));
        bad.add(List.of("name", "name", "\" \""));
        bad.add(List.of("name", "name", "\"" + "é".repeat(61) + "\""));
        bad.add(List.of("description", "description", "\"a\\u0007\""));
        bad.add(List.of("strategy", "strategy", "\"random\""));
        bad.add(List.of("offerSeconds", "offerSeconds", "4"));
        bad.add(List.of("wrapUpSeconds", "wrapUpSeconds", "3601"));
        bad.add(List.of("priorityStepSeconds", "priorityStepSeconds", "-1"));
        bad.add(List.of("largestLength", "largestLength", "0"));
        bad.add(List.of("largestWaitSeconds", "largestWaitSeconds", "5"));
        bad.add(List.of("preferredSeconds", "preferredSeconds", "9999"));
        bad.add(List.of("hours.zone", "hours", "{\"zone\":\"Mars/Base\",\"week\":" + week + ",\"holidays\":[]}"));
        bad.add(List.of("hours.week", "hours", "{\"zone\":\"UTC\",\"week\":[[]],\"holidays\":[]}"));
        bad.add(List.of(
                "hours.week[0][0].from",
                "hours",
                "{\"zone\":\"UTC\",\"week\":[[{\"from\":\"8\",\"to\":\"9:00\"}],[],[],[],[],[],[]],\"holidays\":[]}"));
        bad.add(
                List.of(
                        "hours.week[0][0].to",
                        "hours",
                        "{\"zone\":\"UTC\",\"week\":[[{\"from\":\"08:00\",\"to\":\"08:00\"}],[],[],[],[],[],[]],\"holidays\":[]}"));
        bad.add(List.of(
                "hours.holidays[0].date",
                "hours",
                "{\"zone\":\"UTC\",\"week\":" + week + ",\"holidays\":[{\"date\":\"24.12.\",\"name\":\"\"}]}"));
        bad.add(List.of(
                "hours.holidays[0].to",
                "hours",
                "{\"zone\":\"UTC\",\"week\":" + week
                        + ",\"holidays\":[{\"date\":\"2026-12-24\",\"name\":\"\",\"from\":\"08:00\"}]}"));
        bad.add(List.of(
                "skills.required[0].level",
                "skills",
                "{\"mode\":\"ALL\",\"required\":[{\"skill\":\"french\",\"level\":0}],\"relax\":[]}"));
        bad.add(List.of(
                "skills.relax[0].skill",
                "skills",
                "{\"mode\":\"ALL\",\"required\":[],\"relax\":[{\"afterSeconds\":5,\"skill\":\"french\"}]}"));
        bad.add(List.of("entry.openText", "entry", "{\"enabled\":true,\"openText\":{\"xx\":\"Hi\"}}"));
        bad.add(List.of("entry.closedUrl", "entry", "{\"enabled\":true,\"closedUrl\":\"javascript:alert(1)\"}"));
        for (var url :
                List.of("javascript:alert(1)", "data:text/html,x", "//example.com", "https://user@example.com/")) {
            bad.add(List.of(
                    "start.url",
                    "start",
                    "{\"screen\":\"NONE\",\"url\":\"" + url + "\",\"voice\":false,\"systemInformation\":true,"
                            + "\"scripts\":true,\"reboot\":true}"));
        }
        bad.add(List.of(
                "entry.fields[0].options",
                "entry",
                "{\"enabled\":true,\"fields\":[{\"key\":\"a\",\"label\":{\"en\":\"A\"},\"type\":\"CHOICE\"}]}"));
        bad.add(List.of(
                "entry.fields[0].key",
                "entry",
                "{\"enabled\":true,\"fields\":[{\"key\":\"A b\",\"label\":{\"en\":\"A\"},\"type\":\"TEXT\"}]}"));
        bad.add(List.of(
                "members[1].agent", "members", "[{\"agent\":\"anna\",\"rank\":1},{\"agent\":\"anna\",\"rank\":2}]"));
        bad.add(List.of("members[0].rank", "members", "[{\"agent\":\"anna\",\"rank\":0}]"));
        for (var one : bad) {
            var form = Changed.of("printers").with(one.get(1), one.get(2)).form();
            var fault = assertThrows(one.toString(), RoutingFault.class, () -> office.desk.create(office.by(), form));
            assertEquals(one.toString(), Optional.of(one.get(0)), fault.field());
        }
        assertEquals(List.of(), office.now().queues());
    }

    @Test
    public void anExampleIsTriedAndSaysWhy() {
        var printers = office.queue("printers");
        var asked = new Routing.Asked("link", Optional.of(printers), "Beta", "fr", Map.of(), Map.of("os", "Linux"));
        var tried = office.desk.attempt(
                Office.SITE,
                Optional.of("company = \"Acme\" -> queue printers\nos = \"linux\" -> priority 4"),
                asked,
                office.clock.instant());
        assertEquals(Optional.of(printers), tried.routed().queue());
        assertEquals(Optional.of(2), tried.routed().rule());
        assertEquals(
                List.of("company = \"Acme\", but it is \"Beta\""),
                tried.steps().get(0).because());
        field(
                "text[1:1]",
                "rule-field",
                () -> office.desk.attempt(Office.SITE, Optional.of("bad"), asked, office.clock.instant()));
    }
}
