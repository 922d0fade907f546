package dev.tandem.webacd.internal.config;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.Test;

import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.config.ConfigTransfer.Mode;

/** Export and import, on both databases. */
public class ConfigTransferTest extends OnBothDatabases {
    private static final SiteId OTHER = new SiteId("other");

    private static void fill(Office office) {
        office.desk.skill(office.by(), "french", "Speaks French");
        office.queue("everything");
        office.desk.create(
                office.by(),
                Changed.of("printers")
                        .with("overflow", "{\"queue\":\"everything\",\"afterSeconds\":90}")
                        .with("largestLength", "5")
                        .with("members", "[{\"agent\":\"anna\",\"rank\":1}]")
                        .with(
                                "skills",
                                "{\"mode\":\"BEST\",\"required\":[{\"skill\":\"french\",\"level\":3}],"
                                        + "\"relax\":[{\"afterSeconds\":60,\"skill\":\"french\"}]}")
                        .form());
        office.desk.agent(office.by(), "anna", new AgentConfig(3, true, Map.of("french", 5)), Optional.empty());
        office.desk.site(office.by(), Optional.of("Europe/Rome"), Optional.of("everything"));
        office.desk.draft(office.by(), "company = \"Acme\" -> queue printers, skill french", Optional.empty());
        office.desk.publish(office.by(), "", Optional.empty());
    }

    private static String json(Office office, SiteId site) {
        return ConfigurationJson.write(office.transfer.export(site));
    }

    @Test
    public void whatWasExportedIsImportedElsewhereAndAfterARestart() throws Exception {
        var source = fresh();
        String exported;
        try (var office = new Office(source)) {
            fill(office);
            exported = json(office, Office.SITE);
            var form = ConfigurationJson.read(exported);
            var told = office.transfer.dryRun(OTHER, form, Mode.MERGE);
            assertEquals(Integer.valueOf(2), told.changes().get("queue-set"));
            assertEquals(
                    "a dry run changes nothing", 0, office.desk.routing(OTHER).version());
            assertEquals(told, office.transfer.run(Office.by(OTHER), form, Mode.MERGE));
            assertEquals(exported, json(office, OTHER));
            assertEquals(
                    Map.of(),
                    office.transfer.run(Office.by(OTHER), form, Mode.REPLACE).changes());
            assertTrue(office.journal.journal().verify(OTHER).ok());
        }
        try (var office = new Office(source)) {
            assertEquals(exported, json(office, OTHER));
            assertEquals(List.of(Office.SITE, OTHER), office.stored.sites());
            assertEquals(1, office.desk.versions(OTHER, 5).size());
        }
    }

    @Test
    public void anImportSentAgainTellsWhatTheFirstHasDone() throws Exception {
        var source = fresh();
        try (var office = new Office(source)) {
            fill(office);
            var form = ConfigurationJson.read(json(office, Office.SITE));
            var by = Office.by(OTHER);
            var first = office.transfer.run(by, form, Mode.MERGE);
            assertEquals(Integer.valueOf(2), first.changes().get("queue-set"));
            assertEquals(first, office.transfer.run(by, form, Mode.MERGE));
            var less = ConfigurationJson.read("{\"format\":1,\"queues\":[{\"slug\":\"everything\",\"name\":\"All\"}],"
                    + "\"agents\":[],\"skills\":{},\"rules\":\"\"}");
            var again = Office.by(OTHER);
            var removed = office.transfer.run(again, less, Mode.REPLACE);
            assertEquals(List.of("printers"), removed.removed());
            // Whatever has become of it meanwhile: all is as it was, and somebody waits in what was deleted.
            office.transfer.run(Office.by(OTHER), form, Mode.MERGE);
            var printers =
                    office.desk.routing(OTHER).bySlug("printers").orElseThrow().id();
            office.waiting.put(printers, 3);
            assertEquals(removed, office.transfer.run(again, less, Mode.REPLACE));
            var busy =
                    assertThrows(RoutingFault.class, () -> office.transfer.run(Office.by(OTHER), less, Mode.REPLACE));
            assertEquals("queue-not-empty", busy.refusal().code());
        }
    }

    @Test
    public void aDeletionSentAgainIsNoMistake() throws Exception {
        var source = fresh();
        try (var office = new Office(source)) {
            var printers = office.queue("printers");
            var by = office.by();
            office.desk.remove(by, printers, Optional.empty());
            office.desk.remove(by, printers, Optional.empty());
            assertEquals(
                    "unknown",
                    assertThrows(RoutingFault.class, () -> office.desk.remove(office.by(), printers, Optional.empty()))
                            .refusal()
                            .code());
        }
    }

    @Test
    public void anImportIsAllOrNothing() throws Exception {
        var source = fresh();
        try (var office = new Office(source)) {
            fill(office);
            var before = json(office, Office.SITE);
            refused(
                    office,
                    "queues[1].members[0].agent",
                    before.replace("\"agent\" : \"anna\",\n      \"rank\"", "\"agent\" : \"dora\",\n      \"rank\""));
            refused(
                    office,
                    "queues[1].largestLength",
                    before.replace("\"largestLength\" : 5", "\"largestLength\" : 0"));
            refused(
                    office,
                    "queues[1].overflow.queue",
                    before.replace("\"queue\" : \"everything\"", "\"queue\" : \"nowhere\""));
            refused(office, "rules[1:21]", before.replace("-> queue printers", "-> queue printer"));
            refused(office, "zone", before.replace("Europe/Rome", "Europe/Romme"));
            refused(office, "agents[0].capacity", before.replace("\"capacity\" : 3", "\"capacity\" : 30"));
            refused(office, "format", before.replace("\"format\" : 1", "\"format\" : 2"));
            refused(office, "queues[0].nonsense", before.replaceFirst("\"slug\"", "\"nonsense\" : 1,\n\"slug\""));
            refused(office, "queues[0].pick", before.replaceFirst("\"pick\" : false", "\"pick\" : \"yes\""));
            refused(office, "fallback", before.replace("\"fallback\" : \"everything\"", "\"fallback\" : \"printers\""));
            assertEquals(before, json(office, Office.SITE));
        }
    }

    private static void refused(Office office, String field, String text) {
        var fault = assertThrows(
                field,
                RoutingFault.class,
                () -> office.transfer.run(office.by(), ConfigurationJson.read(text), Mode.MERGE));
        assertEquals(fault.getMessage(), Optional.of(field), fault.field());
    }

    @Test
    public void replacingDeletesWhatIsNotNamedUnlessSomethingWaitsThere() throws Exception {
        var source = fresh();
        try (var office = new Office(source)) {
            fill(office);
            var form = office.transfer.export(Office.SITE);
            var extra = office.queue("extra");
            office.desk.skill(office.by(), "welsh", "");
            office.waiting.put(extra, 1);
            var fault = assertThrows(RoutingFault.class, () -> office.transfer.dryRun(Office.SITE, form, Mode.REPLACE));
            assertEquals("queue-not-empty", fault.refusal().code());
            office.waiting.clear();
            var done = office.transfer.run(office.by(), form, Mode.REPLACE);
            assertEquals(List.of("extra"), done.removed());
            assertEquals(Map.of("queue-removed", 1, "skill-removed", 1), done.changes());
            assertEquals(form, office.transfer.export(Office.SITE));
        }
    }

    @Test
    public void aFileInEtcSeedsASiteOnce() throws Exception {
        var source = fresh();
        var file = folder.getRoot().toPath().resolve("routing.json");
        var configurations = "seeded=" + file;
        try (var office = new Office(source, configurations)) {
            fill(office);
            write(file, json(office, Office.SITE));
            new Seeding(office.seeds, office.transfer);
            var seeded = new SiteId("seeded");
            assertEquals(json(office, Office.SITE), json(office, seeded));
            office.desk.site(Office.by(seeded), Optional.of("Asia/Tokyo"), Optional.of("everything"));
            new Seeding(office.seeds, office.transfer);
            assertEquals(
                    "what administrators have said stays",
                    Optional.of("Asia/Tokyo"),
                    office.desk.routing(seeded).ownZone());
        }
    }

    private static void write(java.nio.file.Path file, String text) throws IOException {
        Files.writeString(file, text);
    }
}
