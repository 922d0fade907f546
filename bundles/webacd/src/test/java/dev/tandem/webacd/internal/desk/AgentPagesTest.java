package dev.tandem.webacd.internal.desk;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.platform.Presence;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.AbsentTable.Who;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** Agents who close the browser, or do not answer. */
public class AgentPagesTest extends OnBothDatabases {
    private static final UUID PAGE = new UUID(5, 1);
    private static final UUID OTHER_PAGE = new UUID(5, 2);

    private Rig rig;
    private AgentPages pages;
    private QueueId printers;
    private Who anna;

    @Before
    public void open() {
        rig = new Rig(fresh(), 1);
        printers = rig.plans.queue("printers", rig.plans.agent("anna", 1), rig.plans.agent("ben", 1));
        rig.plans.changed();
        rig.settle();
        var line = rig.threads.line();
        rig.journal.listen(new AbsenceEcho(rig.absences));
        pages = new AgentPages(
                rig.book,
                rig.absences,
                rig.journal.nodes(),
                rig.journal.ids(),
                rig.clock,
                (delay, what) -> line.later(delay, what));
        anna = new Who(Rig.SITE, "anna");
        rig.presence(new dev.tandem.platform.AgentId("ben"), new Presence.Away("lunch"));
        pages.attached(anna, PAGE);
        rig.settle();
    }

    @After
    public void close() {
        pages.close();
        rig.close();
    }

    @Test
    public void theOfferOfOneWhoClosesTheBrowserGoesOnAfterSeconds() {
        var item = rig.submit(printers);
        rig.settle();
        assertEquals(List.of("anna"), rig.asked(item));
        pages.detached(anna, PAGE);
        rig.pass(Duration.ofSeconds(3));
        assertEquals("it may be a reload", List.of("anna"), rig.asked(item));
        rig.presence(new dev.tandem.platform.AgentId("ben"), new Presence.Available());
        rig.pass(Duration.ofSeconds(3));
        assertEquals(List.of("ben"), rig.asked(item));
        assertEquals(Map.of("anna", "gone"), rig.absences.of(Rig.SITE));
    }

    @Test
    public void whoHasAnotherPageOrReloadsKeepsIt() {
        var item = rig.submit(printers);
        rig.settle();
        pages.attached(anna, OTHER_PAGE);
        pages.detached(anna, PAGE);
        rig.pass(Duration.ofSeconds(7));
        assertEquals(List.of("anna"), rig.asked(item));
        pages.detached(anna, OTHER_PAGE);
        rig.pass(Duration.ofSeconds(2));
        pages.attached(anna, OTHER_PAGE);
        rig.pass(Duration.ofSeconds(7));
        assertEquals(List.of("anna"), rig.asked(item));
    }

    @Test
    public void withAPageTheAgentIsThereAgain() {
        pages.detached(anna, PAGE);
        rig.pass(Duration.ofSeconds(6));
        var item = rig.submit(printers);
        rig.pass(Duration.ofSeconds(2));
        assertEquals(Phase.WAITING, rig.state(item).phase());
        pages.attached(anna, OTHER_PAGE);
        rig.pass(Duration.ofSeconds(1));
        assertEquals(List.of("anna"), rig.asked(item));
    }

    @Test
    public void pagesOfANodeThatHasDiedAreGone() {
        rig.absences.table().opened(new Who(Rig.SITE, "ben"), PAGE, UUID.randomUUID());
        rig.pass(Duration.ofSeconds(11));
        assertEquals(Map.of("ben", "gone"), rig.absences.of(Rig.SITE));
    }

    @Test
    public void whoDoesNotAnswerIsTakenAwayAtThePlatformAndComesBackByChoice() {
        var away = new ArrayList<String>();
        rig.journal.subscribe(new NoAnswerWatch(rig.absences, (site, agent, reason) -> away.add(agent + " " + reason)));
        var item = rig.submit(printers);
        rig.pass(Duration.ofSeconds(22));
        assertEquals(List.of("anna no-answer"), away);
        assertEquals(Phase.WAITING, rig.state(item).phase());
        rig.absences.back(Rig.SITE, new dev.tandem.platform.AgentId("anna"));
        rig.pass(Duration.ofSeconds(31));
        assertEquals("asked again after the pause", List.of("anna"), rig.asked(item));
    }
}
