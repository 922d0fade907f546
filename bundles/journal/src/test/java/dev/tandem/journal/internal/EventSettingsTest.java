package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Setting;
import dev.tandem.journal.SiteSettings;
import dev.tandem.journal.testing.GoldenEvents;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;

public class EventSettingsTest {
    private static final SiteId SITE = new SiteId("acme");
    private static final Setting<Duration> GRACE =
            Setting.seconds("test.grace", Duration.ofSeconds(10), Duration.ofHours(1), "How long.");
    private static final Setting<Long> MOST = Setting.whole("test.most", 1, 9, "How many.");
    private static final Setting<Boolean> LOUD = Setting.flag("test.loud", "Whether.");
    private static final Setting<String> COLOUR = Setting.choice("test.colour", List.of("red", "green"), "Which.");

    private static final class Group implements SiteSettings.Group {
        @Override
        public Map<Setting<?>, String> seeds() {
            return Map.of(GRACE, "60", MOST, "3", LOUD, "false", COLOUR, "red");
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(GRACE, MOST, LOUD, COLOUR);
        }
    }

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private DataSource source;
    private JournalRuntime runtime;

    @Before
    public void open() {
        source = TestDatabase.SQLITE.durable(Path.of(folder.getRoot().toURI()));
        runtime = start();
    }

    private JournalRuntime start() {
        var started = JournalRuntime.open(source, new TestClock());
        started.declare(new Group());
        return started;
    }

    @After
    public void close() {
        runtime.close();
    }

    private Answer<None> set(String key, String value) {
        return runtime.settings().set(SITE, key, Optional.ofNullable(value), UUID.randomUUID(), "agent:anna");
    }

    private static String code(Answer<None> answer) {
        return answer instanceof Answer.Refused<None> refused
                        && refused.refusal().reason() == Refusal.Reason.INVALID
                ? refused.refusal().code()
                : answer.toString();
    }

    @Test
    public void whatASiteSetsHoldsAtOnceForThatSiteAndAcrossRestarts() {
        assertEquals(Optional.empty(), runtime.settings().get(SITE, GRACE));
        set("test.grace", "90");
        set("test.most", "9");
        set("test.loud", "true");
        set("test.colour", "green");
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.of(Duration.ofSeconds(90)), runtime.settings().get(SITE, GRACE));
            assertEquals(Optional.of(9L), runtime.settings().get(SITE, MOST));
            assertEquals(Optional.of(true), runtime.settings().get(SITE, LOUD));
            assertEquals(Optional.of("green"), runtime.settings().get(SITE, COLOUR));
            assertEquals(Optional.empty(), runtime.settings().get(new SiteId("other"), GRACE));
            runtime.close();
            runtime = start();
        }
        set("test.grace", null);
        assertEquals(Optional.empty(), runtime.settings().get(SITE, GRACE));
    }

    @Test
    public void whatIsNoSettingOrNoValueIsRefused() {
        assertEquals("setting-unknown", code(set("test.nothing", "1")));
        for (var bad : List.of("9", "3601", "-1", "", "1.5", "ten", "99999999999999999999")) {
            assertEquals(bad, "setting-value", code(set("test.grace", bad)));
        }
        assertEquals("setting-value", code(set("test.loud", "yes")));
        assertEquals("setting-value", code(set("test.colour", "blue")));
        assertEquals("setting-value", code(set("test.most", "10")));
        assertEquals(Optional.empty(), runtime.settings().get(SITE, GRACE));
    }

    @Test
    public void allTellsEverySettingWithWhatTheSiteHasSet() {
        set("test.most", "7");
        var expected = new HashMap<Setting<?>, Optional<String>>();
        expected.put(GRACE, Optional.empty());
        expected.put(MOST, Optional.of("7"));
        expected.put(LOUD, Optional.empty());
        expected.put(COLOUR, Optional.empty());
        assertEquals(expected, runtime.settings().all(SITE));
        assertEquals(
                List.of(GRACE, MOST, LOUD, COLOUR),
                List.copyOf(runtime.settings().all(SITE).keySet()));
    }

    @Test
    public void aValueThatTodaysFormDoesNotTakeIsAsIfNotSet() {
        set("test.most", "9");
        assertEquals(Optional.empty(), runtime.settings().get(SITE, Setting.whole("test.most", 1, 5, "How many.")));
    }

    @Test
    public void settingTheSameAgainIsNoEvent() {
        set("test.most", "9");
        set("test.most", "9");
        assertEquals(1, runtime.journal().verify(SITE).events());
    }

    @Test
    public void whoTouchedASettingLastIsTold() {
        assertEquals(Map.of(), runtime.settings().changes(SITE));
        set("test.most", "9");
        set("test.loud", "true");
        runtime.settings().set(SITE, "test.most", Optional.empty(), UUID.randomUUID(), "shell:karaf");
        var changes = runtime.settings().changes(SITE);
        assertEquals("shell:karaf", changes.get("test.most").actor());
        assertEquals("agent:anna", changes.get("test.loud").actor());
        assertEquals(2, changes.size());
        assertEquals(Map.of(), runtime.settings().changes(new SiteId("other")));
    }

    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(new EventSettings.Kind(Map.of()).events());
    }
}
