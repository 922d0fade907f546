package dev.tandem.webacd.internal.desk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Set;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.Ids;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItem;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.config.FixedRouting;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkEnds;

/** A pick whose answer was lost is asked for again. */
public class PickAgainTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Agent anna = new Agent(Rig.SITE, new AgentId("anna"), "Anna", Set.of(Agent.Role.AGENT));
    private Rig rig;
    private QueueId printers;
    private Picks picks;
    private AgentDesk desk;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath(), 1);
        printers = rig.plans.queue("printers", rig.plans.agent("anna", 1));
        rig.plans.changed();
        rig.presence(anna.id(), new Presence.Away("lunch"));
        picks = new Picks(rig.book);
        var sources = new Sources();
        var views = new MyViews(
                rig.book,
                rig.desk,
                rig.plans,
                new FixedRouting(),
                new Waits(rig.book, rig.plans, rig.directory(), rig.others, rig.clock),
                rig.absences,
                rig.others,
                sources,
                rig.directory(),
                rig.clock);
        desk = new AgentDesk(rig.book, rig.desk, views, sources, rig.absences, picks);
    }

    @After
    public void close() {
        picks.close();
        rig.close();
    }

    /** The first request, up to its answer. */
    private void asked(WorkItemId item, UUID command) {
        WorkEnds.askToPick(rig.book, Rig.SITE, item, Ids.derived(command, "webacd.pick"), "anna", command);
        rig.settle();
    }

    @Test
    public void itGetsTheFirstAnswer() {
        var mine = rig.submit(printers);
        var other = rig.submit(printers);
        var granted = UUID.randomUUID();
        var refused = UUID.randomUUID();
        rig.settle();
        asked(mine, granted);
        assertEquals(
                WorkItem.State.ASSIGNED, desk.pick(anna, mine.value(), granted).state());
        asked(other, refused);
        rig.desk.finish(Rig.SITE, mine, UUID.randomUUID());
        rig.settle();
        assertEquals(mine.value(), desk.pick(anna, mine.value(), granted).item());
        assertEquals(
                "pick-full",
                assertThrows(ProblemException.class, () -> desk.pick(anna, other.value(), refused))
                        .problem()
                        .code());
    }
}
