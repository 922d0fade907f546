package dev.tandem.web.internal.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.Setting;
import dev.tandem.journal.SiteSettings;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Fakes;
import dev.tandem.web.internal.admin.SettingBook;
import dev.tandem.web.internal.admin.Slices;
import dev.tandem.web.internal.modules.Words;
import dev.tandem.web.testing.FakeCall;

public class SettingsResourceTest {
    private static final Setting<Duration> GRACE =
            Setting.seconds("session.grace", Duration.ofSeconds(1), Duration.ofSeconds(600), "How long.");
    private static final Setting<String> MODE =
            Setting.choice("session.mode", List.of("single", "multi"), "Which mode.");

    private static final Map<String, String> WORDS = Map.of(
            "static/messages/en.json",
            "{\"feature.title\":\"Slice\",\"setting.session.grace.title\":\"Grace\","
                    + "\"setting.session.grace.help\":\"How long it waits.\",\"setting.session.grace.effect\":\"All.\","
                    + "\"setting.session.mode.choice.multi\":\"Several\"}",
            "static/messages/fr.json",
            "{\"setting.session.grace.title\":\"Attente\"}");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SiteSettings.Group group = new SiteSettings.Group() {
        @Override
        public Map<Setting<?>, String> seeds() {
            return Map.of(GRACE, "30", MODE, "multi");
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(GRACE, MODE);
        }
    };
    private JournalRuntime journal;
    private SettingsResource resource;

    @Before
    public void open() {
        journal = Fakes.journal(folder.getRoot().toPath(), new TestClock());
        journal.declare(group);
        resource = new SettingsResource(new SettingBook(
                journal.settings(),
                new Words(),
                Slices.context(Slices.bundle(7, "dev.example.slice", WORDS)),
                List.of(Map.entry(Map.of("service.bundleid", 7L), group)),
                List.of(new Directory())));
    }

    @After
    public void close() {
        journal.close();
    }

    /** Knows Anna. */
    private static final class Directory implements AgentDirectory {
        @Override
        public Optional<Agent> find(SiteId site, AgentId agent) {
            return Optional.of(Fakes.ANNA.agent())
                    .filter(anna -> anna.site().equals(site) && anna.id().equals(agent));
        }

        @Override
        public List<Agent> agents(SiteId site) {
            return List.of();
        }

        @Override
        public Presence presence(SiteId site, AgentId agent) {
            return new Presence.Offline();
        }
    }

    @Test
    public void anAdministratorSeesAndChangesWhatTheSiteHasSaid() {
        var all = resource.all(new FakeCall(Fakes.ANNA, Fakes.ACME)).settings();
        assertEquals(
                List.of("session.grace", "session.mode"),
                all.stream().map(SettingsResource.One::key).toList());
        var grace = all.get(0);
        assertEquals(
                new SettingsResource.Form("seconds", Optional.of(1L), Optional.of(600L), Optional.empty()),
                grace.form());
        assertEquals("s", grace.unit());
        assertEquals("30", grace.seed());
        assertEquals(Optional.empty(), grace.value());
        assertEquals(Optional.of(List.of("single", "multi")), all.get(1).form().among());

        var changed = resource.change(
                "session.grace", new SettingsResource.Change(Optional.of("45")), new FakeCall(Fakes.ANNA, Fakes.ACME));
        assertEquals(Optional.of("45"), changed.settings().get(0).value());
        var back = resource.change(
                "session.grace", new SettingsResource.Change(Optional.empty()), new FakeCall(Fakes.ANNA, Fakes.ACME));
        assertEquals(Optional.empty(), back.settings().get(0).value());
    }

    @Test
    public void theSliceBringsItsOwnWordsInEveryLanguage() {
        var all = resource.all(new FakeCall(Fakes.ANNA, Fakes.ACME)).settings();
        var grace = all.get(0);
        assertEquals("dev.example.slice", grace.slice());
        assertEquals("Slice", grace.slices().get("nl"));
        assertEquals("Grace", grace.titles().get("en"));
        assertEquals("Attente", grace.titles().get("fr"));
        assertEquals(
                "English where a language lacks it",
                "How long it waits.",
                grace.helps().get("it"));
        assertEquals("All.", grace.effects().get("en"));
        var mode = all.get(1);
        assertEquals(
                "the key where there are no words",
                "session.mode",
                mode.titles().get("en"));
        assertEquals("Which mode.", mode.helps().get("fr"));
        assertEquals("Several", mode.choices().get("multi").get("en"));
        assertEquals("single", mode.choices().get("single").get("en"));
    }

    @Test
    public void whoChangedItLastAndWhenIsTold() {
        assertEquals(
                Optional.empty(),
                resource.all(new FakeCall(Fakes.ANNA, Fakes.ACME))
                        .settings()
                        .get(0)
                        .changed());
        resource.change(
                "session.grace", new SettingsResource.Change(Optional.of("45")), new FakeCall(Fakes.ANNA, Fakes.ACME));
        journal.settings().set(Fakes.ACME, "session.mode", Optional.of("single"), UUID.randomUUID(), "shell:karaf");
        var all = resource.change(
                        "session.grace",
                        new SettingsResource.Change(Optional.empty()),
                        new FakeCall(Fakes.ANNA, Fakes.ACME))
                .settings();
        var grace = all.get(0).changed().orElseThrow();
        assertEquals("putting back is a change too", "agent:anna", grace.by());
        assertEquals(Optional.of("Anna Bell"), grace.name());
        var mode = all.get(1).changed().orElseThrow();
        assertEquals("shell:karaf", mode.by());
        assertEquals(Optional.empty(), mode.name());
    }

    @Test
    public void aWrongValueNamesItsField() {
        var failure = assertThrows(
                ProblemException.class,
                () -> resource.change(
                        "session.grace",
                        new SettingsResource.Change(Optional.of("601")),
                        new FakeCall(Fakes.ANNA, Fakes.ACME)));
        assertEquals(Optional.of("value"), failure.problem().field());
        assertEquals("setting-value", failure.problem().code());
    }

    @Test
    public void wrongValuesAndKeysAreRefused() {
        for (var value : List.of("601", "x", "")) {
            refused("session.grace", value);
        }
        refused("session.mode", "both");
        refused("session.nonsense", "1");
    }

    private void refused(String key, String value) {
        var failure = assertThrows(
                ProblemException.class,
                () -> resource.change(
                        key, new SettingsResource.Change(Optional.of(value)), new FakeCall(Fakes.ANNA, Fakes.ACME)));
        assertEquals(400, failure.problem().status());
    }
}
