package dev.tandem.webacd.internal.transfer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.session.SessionId;
import dev.tandem.session.Terms;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.config.FixedRouting;
import dev.tandem.webacd.internal.config.QueueConfig;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.transfer.EntryDesk.Entered;
import dev.tandem.webacd.internal.transfer.EntryDesk.Said;

/** An entry whose answer was lost, and which is sent again. */
public class EntryAgainTest {
    private static final URI URL = URI.create("https://help.example.org");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;
    private FakeSessions sessions;
    private EntryDesk desk;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath(), 1);
        QueueId printers = rig.plans.queue("printers", rig.plans.agent("ben", 1));
        rig.plans.changed();
        var routing = new FixedRouting();
        routing.queue(
                printers,
                "printers",
                "UTC",
                new QueueConfig.Start(QueueConfig.Start.Screen.NONE, Optional.empty(), false, true, true, true),
                List.of());
        sessions = new FakeSessions(rig.clock);
        desk = EntryDesks.of(rig, sessions, routing);
        rig.settle();
    }

    @After
    public void close() {
        rig.close();
    }

    private Entered enter(UUID command) {
        return desk.enter(
                Rig.SITE,
                "printers",
                new Said("Marie Dupont", "fr", Optional.empty(), Map.of()),
                "10.1.2.3",
                URL,
                command);
    }

    @Test
    public void itIsAnsweredAsTheFirstAlsoWhenAllIsOver() {
        var command = UUID.randomUUID();
        var entered = enter(command);
        assertEquals(entered, enter(command));
        rig.desk.abandon(Rig.SITE, new WorkItemId(entered.item()), UUID.randomUUID());
        sessions.giveUp(Rig.SITE, new SessionId(entered.session()), UUID.randomUUID());
        assertEquals(entered, enter(command));
    }

    @Test
    public void nobodyIsAskedForASessionThatWasOverBeforeItsItemWas() {
        var command = UUID.randomUUID();
        // A node that died between the two, and a customer who came back too late.
        var opened = sessions.open(
                Rig.SITE, Optional.of("Marie Dupont"), Terms.NONE, URL, Ids.derived(command, "webacd.open"));
        sessions.giveUp(
                Rig.SITE,
                ((Answer.Accepted<dev.tandem.session.SupportSessions.Entered>) opened)
                        .value()
                        .session(),
                UUID.randomUUID());
        for (int times = 0; times < 2; times++) {
            var problem =
                    assertThrows(ProblemException.class, () -> enter(command)).problem();
            assertEquals("409 session-ended", problem.status() + " " + problem.code());
        }
        assertEquals(0, rig.book.table().living(Rig.SITE).size());
    }
}
