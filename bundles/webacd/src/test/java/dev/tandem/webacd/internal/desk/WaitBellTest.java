package dev.tandem.webacd.internal.desk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Presence;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics.Delivery;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.config.FixedRouting;
import dev.tandem.webacd.internal.desk.Views.WaitView;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.Waits;

/** Whoever looks at the place in a queue is told when others come or go, also after a reload and after a lost line. */
public class WaitBellTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Set<String> rung = new HashSet<>();
    private Rig rig;
    private QueueId printers;
    private MyBell bell;
    private WaitBell waits;
    private MyTopics topics;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath(), 1);
        var anna = rig.plans.agent("anna", 1);
        printers = rig.plans.queue("printers", anna);
        rig.plans.changed();
        rig.presence(anna, new Presence.Away("lunch"));
        var line = rig.threads.line();
        Later later = line::later;
        var counted = new Waits(rig.book, rig.plans, rig.directory(), rig.others, rig.clock);
        bell = new MyBell(
                rig.book, rig.absences, rig.others, rig.plans, (site, topic) -> rung.add(topic), later, rig.clock);
        waits = new WaitBell(rig.book, rig.plans, rig.absences, rig.others, counted, bell, later);
        var views = new MyViews(
                rig.book,
                rig.desk,
                rig.plans,
                new FixedRouting(),
                counted,
                rig.absences,
                rig.others,
                new Sources(),
                rig.directory(),
                rig.clock);
        topics = new MyTopics(views, bell, null, null, null, waits);
    }

    @After
    public void close() {
        waits.close();
        bell.close();
        rig.close();
    }

    private WorkItemId comes(UUID session) {
        var request = new WorkRequest(
                Rig.SITE,
                MyBell.SESSION,
                session.toString(),
                new Target.Queue(printers),
                "Marie Dupont",
                "",
                "fr",
                Map.of(),
                0,
                Map.of(),
                "",
                Map.of(),
                Optional.empty());
        var item = rig.desk
                .submit(request, rig.journal.ids().next())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
        rig.pass(Duration.ofSeconds(1));
        return item;
    }

    private void goes(WorkItemId item) {
        rig.desk.abandon(Rig.SITE, item, rig.journal.ids().next());
    }

    /** A customer's page, for which the hub asks as it does: first what is new, then it is attached, and again at each ring. */
    private final class Page {
        private final UUID id = UUID.randomUUID();
        private final Caller.OfCustomer customer;
        private final String topic;
        private long seen;
        private Optional<Integer> place = Optional.empty();

        private Page(UUID session) {
            this.customer = new Caller.OfCustomer(Rig.SITE, session, UUID.randomUUID());
            this.topic = MyBell.WAIT + session;
        }

        private Page open() {
            asks();
            topics.attached(customer, topic, id);
            return rings();
        }

        private void drop() {
            topics.detached(customer, topic, id);
        }

        /** Time goes by, and whatever rings is answered. */
        private Page pass() {
            rig.pass(Duration.ofSeconds(1));
            return rings();
        }

        private Page rings() {
            while (rung.remove(MyBell.KIND + "/" + topic)) {
                asks();
            }
            return this;
        }

        private void asks() {
            if (topics.after(customer, topic, seen) instanceof Delivery.Snapshot now) {
                seen = now.state().number();
                place = ((WaitView) now.state().body()).position();
            }
        }
    }

    @Test
    public void aPageThatHasJustComeHearsThatSomebodyBeforeHasLeft() {
        var paul = comes(UUID.randomUUID());
        var marie = UUID.randomUUID();
        comes(marie);
        var before = new Page(marie).open();
        before.drop();
        var page = new Page(marie).open();
        assertEquals(Optional.of(2), page.place);
        goes(paul);
        assertEquals(Optional.of(1), page.pass().place);
    }

    @Test
    public void aLineThatComesBackIsToldWhatHasHappenedMeanwhile() {
        var paul = comes(UUID.randomUUID());
        var luca = comes(UUID.randomUUID());
        var marie = UUID.randomUUID();
        comes(marie);
        var page = new Page(marie).open().pass();
        assertEquals(Optional.of(3), page.place);
        page.drop();
        goes(paul);
        page.pass();
        assertEquals(Optional.of(2), page.open().place);
        goes(luca);
        assertEquals(Optional.of(1), page.pass().place);
    }

    @Test
    public void whatChangesWhileThePageIsAnsweredIsNotMissed() {
        var paul = comes(UUID.randomUUID());
        var marie = UUID.randomUUID();
        comes(marie);
        var page = new Page(marie);
        page.asks();
        assertEquals(Optional.of(2), page.place);
        goes(paul);
        rig.pass(Duration.ofSeconds(1));
        rung.clear();
        topics.attached(page.customer, page.topic, page.id);
        assertEquals(Optional.of(1), page.rings().place);
    }

    @Test
    public void whoHasBeenToldHearsNothingOfOtherQueues() {
        var marie = UUID.randomUUID();
        comes(marie);
        var page = new Page(marie).open().pass();
        var other = rig.plans.queue("other");
        rig.plans.changed();
        page.pass();
        rig.submit(other);
        rig.pass(Duration.ofSeconds(1));
        assertFalse(rung.toString(), rung.contains(MyBell.KIND + "/" + page.topic));
    }
}
