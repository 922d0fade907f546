package dev.tandem.journal.internal;

import java.util.*;

import org.junit.*;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.*;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.SiteId;

public class SmokeTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    record Added(long n) {}

    @Test
    public void smoke() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.getRoot().toPath().resolve("t.db"));
        var site = new SiteId("acme");
        try (var r = JournalRuntime.open(source, new TestClock())) {
            var s = r.journal().open(new StreamKind<Long, Added>() {
                public String name() {
                    return "sum";
                }

                public EventTypes<Added> events() {
                    return EventTypes.<Added>none().with("sum.added.v1", Added.class);
                }

                public Long initial() {
                    return 0L;
                }

                public Long evolve(Long a, Added b) {
                    return a + b.n();
                }
            });
            var stream = r.ids().next();
            for (int i = 0; i < 10; i++)
                System.out.println(s.execute(
                        new Command<>(site, stream, r.ids().next(), "system", None.class),
                        (state, now) -> Decision.accept(List.of(new Added(3)))));
            System.out.println(s.load(site, stream));
            System.out.println(r.journal().verify(site));
            Assert.assertEquals(30L, (long) s.load(site, stream).state());
        }
    }
}
