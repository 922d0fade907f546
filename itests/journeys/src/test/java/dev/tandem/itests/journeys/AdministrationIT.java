package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;
import dev.tandem.itests.harness.LiveSocket;

/** A site's administrator at work: in the desktop, by REST, and in Karaf's shell. */
public class AdministrationIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String GRACE = "session.grace";

    @Rule
    public final Scene scene = new Scene();

    private final Karaf karaf = Running.karaf();
    private final Site site = Site.create(karaf);
    private boolean stopped;
    private boolean drained;

    @Before
    public void nothingStopped() {
        stopped = false;
        drained = false;
    }

    @After
    public void everythingRunsAgain() {
        if (drained) {
            karaf.shell("tandem:resume");
        }
        if (stopped) {
            karaf.shell("bundle:start dev.tandem.chat");
            karaf.awaitHealth();
        }
    }

    @Test
    public void aChangedSettingHoldsInTheNextSessionAndIsPutBack() {
        var admin = Administration.open(scene.agent(site), site, "settings");
        assertThat(admin.what(GRACE)).containsText("Default: 30 seconds");
        assertThat(admin.what(GRACE)).containsText("Everyone in sessions of this site");
        admin.type(GRACE, "120");
        admin.save(GRACE);
        assertThat(admin.result(GRACE)).hasText("Saved");
        assertThat(admin.what(GRACE)).containsText("Changed by Anna Bell");
        assertGrace(site.support(scene), 120);

        admin.putBack(GRACE);
        assertThat(admin.result(GRACE)).hasText("The default holds again");
        assertThat(admin.field(GRACE)).hasValue("30");
        assertGrace(Site.create(karaf).support(scene), 30);
    }

    /** After the last agent has left a session waits for the grace: that is what the setting is about. */
    private static void assertGrace(Site.Support support, long seconds) {
        support.join();
        var left = support.site()
                .anna()
                .api()
                .post("/sessions/" + support.id() + "/leave")
                .ok();
        var until = Instant.parse(left.get("graceUntil").asText());
        var wait = Duration.between(Instant.now(), until).toSeconds();
        assertTrue("waits " + wait + " s", wait <= seconds && wait > seconds - 15);
    }

    @Test
    public void aWrongValueIsToldAtItsFieldAndChangesNothing() {
        var admin = Administration.open(scene.agent(site), site, "settings");
        admin.type(GRACE, "601");
        admin.field(GRACE).press("Enter");
        assertThat(admin.result(GRACE)).hasText("Enter a whole number from 1 to 600.");
        assertThat(admin.field(GRACE)).hasAttribute("aria-invalid", "true");
        assertThat(admin.field(GRACE)).isFocused();
        assertTrue(setting(site, GRACE).get("value").isNull());
        var refused = site.anna().api().put("/settings/" + GRACE, Map.of("value", "601"));
        assertEquals("setting-value", refused.code());
        assertEquals("value", refused.body().get("field").asText());
    }

    @Test
    public void whoIsAddedSignsInAndWhoIsRemovedIsOutAtOnce() {
        var admin = Administration.open(scene.agent(site), site, "sign-ins");
        admin.button("Add a sign-in").click();
        admin.page().getByLabel("Name, as customers see it").fill("Carla Diaz");
        admin.page().getByLabel("Supervisor").check();
        admin.confirm().click();
        var password = admin.dialog().page().locator(".made-password");
        assertThat(password).hasText(java.util.regex.Pattern.compile("(?:[a-z0-9]{4}-){2}[a-z0-9]{4}"));
        var signIn = new Karaf.SignIn("carla.diaz@" + site.name(), password.innerText());
        admin.confirm().click();
        assertThat(admin.person("carla.diaz")).containsText("Supervisor");

        var carla = scene.agent(
                site, new Site.Worker(signIn, "Carla Diaz", karaf.api().as(signIn)), "en-GB");
        var page = carla.open(karaf.uri() + "/desktop");
        Administration.signIn(page, carla);
        assertThat(page.getByText("Ready for the next customer")).isVisible();
        assertThat(admin.person("carla.diaz")).containsText("Available");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Administration")))
                .hasCount(0);

        admin.choose("carla.diaz", "Remove");
        admin.confirm().click();
        assertThat(page.getByText("Your sign-in has ended.")).isVisible();
        assertThat(admin.person("carla.diaz")).hasCount(0);
        assertEquals(401, karaf.api().as(signIn).get("/platform/me").status());
        Administration.signIn(page, carla);
        assertThat(page.getByText("The user name or the password is not right."))
                .isVisible();
    }

    @Test
    public void W4_W16_anAgentsOwnModeAndNumberOfCustomersAreSetInTheTable() {
        var admin = Administration.open(scene.agent(site), site, "sign-ins");
        var table = admin.page().locator("#agent-options");
        table.getByText("Sessions of each agent").click();
        var row = table.locator(".row").filter(new Locator.FilterOptions().setHasText("Ben Cole"));
        row.getByLabel("Sessions at once").selectOption("SINGLE");
        assertThat(table.getByRole(AriaRole.STATUS)).hasText("Saved: Ben Cole");
        var customers = row.getByLabel("Customers in a session");
        customers.fill("99");
        customers.press("Enter");
        assertThat(row.getByText("A number from 1 to 50.")).isVisible();
        customers.fill("3");
        customers.press("Enter");
        assertThat(row.getByText("A number from 1 to 50.")).hasCount(0);
        var own = site.ben().api().get("/sessions/options").ok();
        assertEquals("SINGLE", own.get("mode").asText());
        assertEquals(3, own.get("customers").asInt());

        admin.page().reload();
        table.getByText("Sessions of each agent").click();
        assertThat(customers).hasValue("3");
        assertThat(row.getByLabel("Sessions at once")).hasValue("SINGLE");
        row.getByLabel("Sessions at once").selectOption("");
        assertThat(table.getByRole(AriaRole.STATUS)).hasText("Saved: Ben Cole");
        customers.fill("");
        customers.press("Enter");
        admin.page()
                .waitForCondition(() -> site.ben()
                                .api()
                                .get("/sessions/options")
                                .ok()
                                .get("customers")
                                .asInt()
                        != 3);
    }

    @Test
    public void aNewPasswordEndsTheOldAndRolesHoldAtOnce() {
        var ben = site.ben();
        var made =
                site.anna().api().post("/platform/sign-ins/ben.cole/password").ok();
        assertEquals(401, ben.api().get("/platform/me").status());
        var fresh = karaf.api()
                .as(new Karaf.SignIn(ben.signIn().user(), made.get("password").asText()));
        assertEquals(403, fresh.get("/settings").status());
        site.anna()
                .api()
                .put("/platform/sign-ins/ben.cole/roles", Map.of("roles", List.of("AGENT", "ADMINISTRATOR")))
                .ok();
        assertEquals(200, fresh.get("/settings").status());
        assertEquals("yourself", fresh.delete("/platform/sign-ins/ben.cole").code());
        assertEquals(204, fresh.delete("/platform/sign-ins/anna.bell").status());
        assertEquals(401, site.anna().api().get("/platform/me").status());
        assertEquals(
                "own-administrator",
                fresh.put("/platform/sign-ins/ben.cole/roles", Map.of("roles", List.of("AGENT")))
                        .code());
    }

    @Test
    public void aRepeatedRequestAddsOneSignInWithOnePassword() {
        var anna = site.anna().api().with("Idempotency-Key", UUID.randomUUID().toString());
        var body = Map.of("name", "Dora Eck", "roles", List.of("AGENT"));
        var first = anna.post("/platform/sign-ins", body);
        assertEquals(201, first.status());
        assertEquals(
                first.body().get("password"),
                anna.post("/platform/sign-ins", body).ok().get("password"));
        var other = site.anna().api().post("/platform/sign-ins", body);
        assertEquals(409, other.status());
        assertEquals("name", other.body().get("field").asText());
        for (var bad : List.of(
                Map.of("name", " "),
                Map.of("name", "x".repeat(61)),
                Map.of("name", "Ed", "user", "No Good"),
                Map.of("name", "Ed", "roles", List.of("KING")))) {
            assertEquals(
                    bad.toString(),
                    400,
                    site.anna().api().post("/platform/sign-ins", bad).status());
        }
    }

    @Test
    public void signingOutClosesTheOpenLiveChannel() {
        var signedIn = karaf.api()
                .post(
                        "/platform/sign-in",
                        Map.of(
                                "user", site.ben().signIn().user(),
                                "password", site.ben().signIn().password()));
        var cookie = signedIn.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
        var ben = karaf.api().with("Cookie", cookie);
        var ticket =
                ben.post("/tickets", Map.of("for", "live")).ok().get("ticket").asText();
        try (var socket = LiveSocket.open(karaf.uri(), "/live")) {
            socket.send(Map.of(
                    "op", "hello", "ticket", ticket, "page", UUID.randomUUID().toString()));
            socket.await("welcome", message -> message.path("op").asText().equals("welcome"));
            ben.post("/platform/sign-out");
            assertEquals(4401, socket.closeCode());
        }
        assertEquals(401, ben.post("/tickets", Map.of("for", "live")).status());
    }

    @Test
    public void aForgottenFlagOfTheBrowserSignsNobodyOut() {
        var agent = scene.agent(site);
        var page = agent.open(karaf.uri() + "/desktop");
        Administration.signIn(page, agent);
        assertThat(page.getByText("Ready for the next customer")).isVisible();
        page.evaluate("localStorage.clear()");
        page.reload();
        assertThat(page.getByText("Ready for the next customer")).isVisible();
    }

    @Test
    public void aSliceIsStoppedAndStartedFromThePageWhileAnAgentHasItOpen() {
        var desktop = Desktop.supporting(scene.agent(site), site);
        Customer.join(scene.customer(), site, desktop.pinDigits());
        desktop.showChat().chat().say("before");
        var main = Site.main(karaf);
        var admin = Administration.open(scene.agent(main), main, "features");
        assertThat(admin.feature("chat")).hasAttribute("data-state", "ACTIVE");
        assertThat(admin.switchOf("web")).hasCount(0);
        assertThat(admin.switchOf("reference.platform")).hasCount(0);

        stopped = true;
        admin.switchOf("chat").click();
        assertThat(admin.asked()).containsText("Everybody on this server loses it at once");
        admin.confirm().click();
        assertThat(admin.feature("chat")).hasAttribute("data-state", "STOPPED");
        assertThat(desktop.tab("Chat")).isHidden();
        assertThat(desktop.statusLine()).isVisible();

        admin.switchOf("chat").click();
        assertThat(admin.feature("chat")).hasAttribute("data-state", "ACTIVE");
        assertThat(desktop.tab("Chat")).isVisible();
        desktop.showChat();
        assertThat(desktop.chat().message("before")).isVisible();

        karaf.shell("bundle:stop dev.tandem.chat");
        assertThat(admin.feature("chat")).hasAttribute("data-state", "STOPPED");
        karaf.shell("bundle:start dev.tandem.chat");
        assertThat(admin.feature("chat")).hasAttribute("data-state", "ACTIVE");
    }

    /** On SQLite it is the only node: draining it closes its door to everybody but its administrators. */
    @Test
    public void theNodeIsShownWithItsChecksIsDrainedAndComesBack() {
        var main = Site.main(karaf);
        var admin = Administration.open(scene.agent(main), main, "nodes");
        assertThat(admin.nodes()).hasCount(1);
        assertThat(admin.nodes().first()).hasAttribute("data-state", "UP");
        for (var check : List.of("start", "database", "journal", "node", "clock", "leases", "secret", "features")) {
            assertThat(admin.check(check)).hasAttribute("data-status", "UP");
        }
        assertThat(admin.says("database")).containsText("SQLite");
        assertEquals("up", karaf.api().page("/health").body().get("status").asText());

        drained = true;
        admin.nodes().first().getByRole(AriaRole.BUTTON).click();
        assertThat(admin.asked()).containsText("It is the only node that works");
        admin.confirm().click();
        assertThat(admin.nodes().first()).hasAttribute("data-state", "DRAINING");
        assertThat(admin.check("node")).hasAttribute("data-status", "WARN");
        var health = karaf.api().page("/health");
        assertEquals(503, health.status());
        assertEquals("draining", health.body().get("status").asText());
        assertEquals("draining", site.anna().api().get("/platform/me").code());
        assertTrue(karaf.shell("tandem:nodes").contains("draining"));

        admin.nodes().first().getByRole(AriaRole.BUTTON).click();
        assertThat(admin.nodes().first()).hasAttribute("data-state", "UP");
        assertEquals(200, site.anna().api().get("/platform/me").status());
        assertEquals(200, karaf.api().page("/health").status());
    }

    @Test
    public void theShellTellsHowTheNodeIsAndDrainsIt() {
        var table = karaf.shell("tandem:health");
        assertTrue(table, table.contains("database") && table.contains("SQLite") && table.contains("secret"));
        assertFalse(table, table.contains("down"));
        drained = true;
        assertTrue(karaf.shell("tandem:drain").contains("is drained"));
        assertEquals(503, karaf.api().page("/health").status());
        assertTrue(karaf.shell("tandem:resume").contains("takes part again"));
        assertEquals(200, karaf.api().page("/health").status());
        var refused = site.anna().api().post("/nodes/self/drain");
        assertEquals("home-administrator-needed", refused.code());
        assertEquals(
                "other-node",
                karaf.api()
                        .as(karaf.administrator())
                        .post("/nodes/elsewhere/drain")
                        .code());
        var seen = site.anna().api().get("/nodes").ok();
        assertEquals(1, seen.get("nodes").size());
        assertTrue(seen.get("nodes").get(0).get("answers").asBoolean());
        assertEquals(
                "UP",
                site.anna().api().get("/nodes/self/health").ok().get("status").asText());
    }

    @Test
    public void othersSeeNoEntryAndAreRefused() {
        var ben = scene.agent(site, site.ben(), "en-GB");
        var page = ben.open(karaf.uri() + "/desktop#admin/features");
        Administration.signIn(page, ben);
        assertThat(page.getByText("Ready for the next customer")).isVisible();
        assertThat(page.getByText("Administration")).hasCount(0);
        var api = site.ben().api();
        var roles = Map.of("roles", List.of("AGENT", "ADMINISTRATOR"));
        for (var reply : List.of(
                api.get("/settings"),
                api.put("/settings/" + GRACE, Map.of("value", "10")),
                api.get("/features"),
                api.get("/nodes"),
                api.get("/nodes/self/health"),
                api.post("/nodes/self/drain"),
                api.post("/nodes/self/resume"),
                api.post("/features/dev.tandem.chat/stop"),
                api.get("/platform/sign-ins"),
                api.post("/platform/sign-ins", Map.of("name", "Eve Ill")),
                api.post("/platform/sign-ins/anna.bell/password"),
                api.put("/platform/sign-ins/ben.cole/roles", roles),
                api.delete("/platform/sign-ins/anna.bell"))) {
            assertEquals(reply.text(), 403, reply.status());
            assertEquals("administrator-needed", reply.code());
        }
        assertEquals(401, karaf.api().get("/features").status());
        assertEquals(401, karaf.api().get("/platform/sign-ins").status());
    }

    @Test
    public void sitesDoNotSeeEachOtherAndTheNodeIsTheFirstSites() {
        var other = Site.create(karaf);
        other.anna()
                .api()
                .post("/platform/sign-ins", Map.of("name", "Zoe Only"))
                .ok();
        var seen = site.anna().api().get("/platform/sign-ins").ok();
        assertEquals(2, seen.get("signIns").size());
        assertFalse(seen.toString().contains(other.name()));
        for (var reply : List.of(
                site.anna().api().delete("/platform/sign-ins/zoe.only"),
                site.anna().api().post("/platform/sign-ins/zoe.only/password"),
                site.anna().api().put("/platform/sign-ins/zoe.only/roles", Map.of("roles", List.of())))) {
            assertEquals(404, reply.status());
        }
        other.set(GRACE, "77");
        assertTrue(setting(site, GRACE).get("value").isNull());
        assertFalse(site.anna().api().get("/features").ok().get("mayChange").asBoolean());
        var refused = site.anna().api().post("/features/dev.tandem.chat/stop");
        assertEquals("home-administrator-needed", refused.code());
        var home = karaf.api().as(karaf.administrator());
        assertEquals(
                "feature-needed", home.post("/features/dev.tandem.web/stop").code());
        assertEquals(
                404, home.post("/features/org.apache.karaf.shell.core/stop").status());
    }

    @Test
    public void theShellListsShowsAndEndsSessionsAndTellsNoSecret() {
        var support = site.support(scene);
        support.join(scene);
        var number = support.view().get("number").asText();
        var list = karaf.shell("tandem:sessions --site " + site.name());
        assertTrue(list, list.contains(number) && list.contains("anna.bell"));
        assertFalse(karaf.shell("tandem:sessions --site nobody").contains(number));
        var details = karaf.shell("tandem:session --site " + site.name() + " " + number);
        assertTrue(details, details.contains(support.id()) && details.contains("Anna Bell"));
        assertFalse("a PIN is a secret", details.contains(support.pin()) || list.contains(support.pin()));

        var ended = karaf.shell("tandem:end --site " + site.name() + " " + number);
        assertTrue(ended, ended.contains("has ended"));
        assertEquals("BY_ADMINISTRATOR", support.now().get("endReason").asText());
        assertFalse(karaf.shell("tandem:sessions --site " + site.name()).contains(number));
        assertTrue(karaf.shell("tandem:sessions --all --site " + site.name()).contains("BY_ADMINISTRATOR"));
        var again = karaf.shell("tandem:end " + support.id());
        assertTrue(again, again.contains("This session has ended."));
        assertTrue(karaf.shell("tandem:session 1").contains("There is no session 1."));
    }

    @Test
    public void theShellSetsSettingsAndSaysWhoAndWhat() {
        var of = " --site " + site.name() + " ";
        var table = karaf.shell("tandem:settings" + of);
        assertTrue(table, table.contains(GRACE) && table.contains("1 to 600 seconds"));
        var set = karaf.shell("tandem:settings" + of + GRACE + " 45");
        assertTrue(set, set.contains("45") && set.contains("shell:itests"));
        var now = setting(site, GRACE);
        assertEquals("45", now.get("value").asText());
        assertEquals("shell:itests", now.get("changed").get("by").asText());
        var wrong = karaf.shell("tandem:settings" + of + GRACE + " 9999");
        assertTrue(wrong, wrong.contains("does not take this value"));
        karaf.shell("tandem:settings" + of + "--reset " + GRACE);
        assertTrue(setting(site, GRACE).get("value").isNull());
        assertTrue(karaf.shell("tandem:settings session.nonsense").contains("There is no setting"));
    }

    @Test
    public void theShellListsSignInsAndFeaturesAndHelps() {
        var signIns = karaf.shell("tandem:sign-ins --site " + site.name());
        assertTrue(signIns, signIns.contains("ben.cole@" + site.name()) && signIns.contains("ADMINISTRATOR"));
        var features = karaf.shell("tandem:features");
        assertTrue(features, features.contains("dev.tandem.chat") && features.contains("/api/chat"));
        for (var command : List.of("sessions", "session", "end", "settings", "sign-ins", "features")) {
            var help = karaf.shell("tandem:" + command + " --help");
            assertTrue(help, help.contains("DESCRIPTION") && help.contains("tandem:" + command));
        }
    }

    private static JsonNode setting(Site site, String key) {
        return Await.value("the setting " + key, SOON, () -> {
            for (var one : site.anna().api().get("/settings").ok().get("settings")) {
                if (one.get("key").asText().equals(key)) {
                    return java.util.Optional.of(one);
                }
            }
            return java.util.Optional.empty();
        });
    }
}
