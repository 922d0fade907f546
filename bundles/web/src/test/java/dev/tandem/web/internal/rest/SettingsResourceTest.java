package dev.tandem.web.internal.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Fakes;

public class SettingsResourceTest {
    private static final Setting<Duration> GRACE =
            Setting.seconds("session.grace", Duration.ofSeconds(1), Duration.ofSeconds(600), "How long.");
    private static final Setting<String> MODE =
            Setting.choice("session.mode", List.of("single", "multi"), "Which mode.");

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
        resource = new SettingsResource(journal.settings(), List.of(group));
    }

    @After
    public void close() {
        journal.close();
    }

    /** A request of that caller. */
    private record By(Caller caller, UUID commandId) implements Call {
        By(Caller caller) {
            this(caller, UUID.randomUUID());
        }

        @Override
        public Agent agent() {
            return ((Caller.OfAgent) caller).agent();
        }

        @Override
        public Agent administrator() {
            return agent();
        }

        @Override
        public String address() {
            return "127.0.0.1";
        }

        @Override
        public Locale language() {
            return Locale.ENGLISH;
        }

        @Override
        public SiteId defaultSite() {
            return Fakes.ACME;
        }

        @Override
        public URI publicUrl() {
            return URI.create("http://h");
        }
    }

    @Test
    public void anAdministratorSeesAndChangesWhatTheSiteHasSaid() {
        var all = resource.all(new By(Fakes.ANNA)).settings();
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

        var changed =
                resource.change("session.grace", new SettingsResource.Change(Optional.of("45")), new By(Fakes.ANNA));
        assertEquals(Optional.of("45"), changed.settings().get(0).value());
        var back = resource.change("session.grace", new SettingsResource.Change(Optional.empty()), new By(Fakes.ANNA));
        assertEquals(Optional.empty(), back.settings().get(0).value());
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
                () -> resource.change(key, new SettingsResource.Change(Optional.of(value)), new By(Fakes.ANNA)));
        assertEquals(400, failure.problem().status());
    }
}
