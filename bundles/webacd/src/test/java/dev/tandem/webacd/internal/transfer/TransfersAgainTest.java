package dev.tandem.webacd.internal.transfer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SupportSession;
import dev.tandem.session.testing.Cast;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.FakePlans;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** Transfers that are sent again, or break off in the middle: nothing is lost and nothing is there twice. */
public class TransfersAgainTest extends TransferFixture {
    @Test
    public void whatTheAgentHasIsFinishedOnlyOnceTheSessionWasHandedOver() {
        var own = annasOwn();
        rig.plans.change(printers, was -> FakePlans.largest(was, 1, Optional.empty()));
        rig.presences.put(ben, new dev.tandem.platform.Presence.Offline());
        var before = rig.submit(printers);
        assertEquals("409 queue-full", refusedAgain(anna, session, UUID.randomUUID()));
        assertEquals("the queue was full", Phase.ASSIGNED, rig.state(own).phase());
        rig.desk.abandon(Rig.SITE, before, UUID.randomUUID());
        sessions.busy = true;
        assertEquals("503 busy", refusedAgain(anna, session, UUID.randomUUID()));
        assertEquals("the session was busy", Phase.ASSIGNED, rig.state(own).phase());
        assertEquals(
                "and counts for her",
                1,
                rig.book.table().loads(Rig.SITE).get("anna").all());
        sessions.busy = false;
        var next = transfer(Optional.of(printers), List.of(), "");
        assertEquals(Phase.DONE, rig.state(own).phase());
        assertEquals(Phase.WAITING, rig.state(next).phase());
        assertEquals(
                "what she knew goes along",
                "Acme",
                rig.desk.find(Rig.SITE, next).orElseThrow().request().company());
    }

    @Test
    public void aNodeThatDiesWhileHandingOverLosesNothing() throws Exception {
        var own = annasOwn();
        var by = new dev.tandem.webacd.internal.work.WorkDesk.By(
                "agent:anna", Optional.of(anna.agent().id()), "agent:anna");
        // Dead after the item: she still has the session, and all that belongs to it.
        var next = ((Answer.Accepted<WorkItemId>) rig.desk.submit(toPrinters("Marie"), by, UUID.randomUUID())).value();
        rig.settle();
        assertEquals(Phase.ASSIGNED, rig.state(own).phase());
        assertEquals(SupportSession.State.ACTIVE, session.now().state());
        // Dead after the session, and a colleague is fast: whoever hears of it finishes what she had, and nothing else.
        sessions.handOver(Rig.SITE, session.id(), session.now().controller().orElseThrow(), UUID.randomUUID());
        rig.accept(next, "ben");
        assertEquals(Phase.ASSIGNED, rig.state(next).phase());
        var event = new SessionEvent.Transferring(Rig.SITE, session.id(), Optional.empty());
        for (int times = 0; times < 2; times++) {
            source.on(new Published(Rig.SITE, 1, UUID.randomUUID(), session.id().value(), rig.clock.instant(), event));
            rig.settle();
            assertEquals(Phase.DONE, rig.state(own).phase());
            assertEquals(Phase.ASSIGNED, rig.state(next).phase());
        }
        assertEquals(ben, controller());
    }

    @Test
    public void whoHasControlHandsOverAlsoBeforeAnybodyHasHeardThatItPassed() {
        var own = annasOwn();
        var by = new dev.tandem.webacd.internal.work.WorkDesk.By("agent:ben", Optional.of(ben), "agent:ben");
        var next = rig.desk.submit(toPrinters("Marie"), by, UUID.randomUUID());
        assertTrue("" + next, next instanceof Answer.Accepted<WorkItemId>);
        assertEquals("until the session waits", Phase.ASSIGNED, rig.state(own).phase());
        var twice = rig.desk.submit(toPrinters("Marie"), by, UUID.randomUUID());
        assertEquals(
                "item-exists", ((Answer.Refused<WorkItemId>) twice).refusal().code());
    }

    @Test
    public void whatIsHeardLateFinishesNothingOfWhoHasTheSession() throws Exception {
        var own = annasOwn();
        var by = new dev.tandem.webacd.internal.work.WorkDesk.By(
                "agent:anna", Optional.of(anna.agent().id()), "agent:anna");
        rig.desk.submit(toPrinters("Marie"), by, UUID.randomUUID());
        var event = new SessionEvent.Transferring(Rig.SITE, session.id(), Optional.empty());
        source.on(new Published(Rig.SITE, 1, UUID.randomUUID(), session.id().value(), rig.clock.instant(), event));
        rig.settle();
        assertEquals("anna has it", Phase.ASSIGNED, rig.state(own).phase());
    }

    @Test
    public void anItemWhoseSessionWasNeverHandedOverIsOverOnceSomebodyWantsIt() {
        // As after a crash between the two.
        rig.presence(anna.agent().id(), new dev.tandem.platform.Presence.Away("lunch"));
        var request = toPrinters("");
        var answer = rig.desk.submit(request, UUID.randomUUID());
        var item = ((Answer.Accepted<WorkItemId>) answer).value();
        rig.pass(Duration.ofSeconds(11));
        rig.accept(item, rig.asked(item).get(0));
        rig.settle();
        assertTrue(rig.state(item).phase() == Phase.WRAP_UP || rig.state(item).phase() == Phase.DONE);
        assertEquals("nobody was pushed out", anna.agent().id(), controller());
    }

    @Test
    public void aTransferSentAgainIsAnsweredAsTheFirstWhateverHasBecomeOfIt() {
        rig.plans.change(printers, was -> FakePlans.largest(was, 1, Optional.empty()));
        var command = UUID.randomUUID();
        var item = again(anna, command);
        assertEquals("full by itself", item, again(anna, command));
        rig.settle();
        rig.accept(item, "ben");
        assertEquals("ben has it", item, again(anna, command));
        assertEquals(ben, controller());
        rig.desk.finish(Rig.SITE, item, UUID.randomUUID());
        session.end();
        assertEquals("it is over", item, again(anna, command));
        assertEquals(
                "once",
                1,
                sessions.commands.stream().filter("hand over"::equals).count());
    }

    @Test
    public void whatANodeLeftHalfDoneIsDoneByTheSameRequest() {
        var command = UUID.randomUUID();
        var request = toPrinters("Marie Dupont");
        var by = new dev.tandem.webacd.internal.work.WorkDesk.By(
                "agent:anna", Optional.of(anna.agent().id()), "agent:anna");
        var half = ((Answer.Accepted<WorkItemId>)
                        rig.desk.submit(request, by, dev.tandem.journal.Ids.derived(command, "webacd.submit")))
                .value();
        assertEquals(SupportSession.State.ACTIVE, session.now().state());
        assertEquals(half, again(anna, command));
        assertEquals(SupportSession.State.TRANSFERRING, session.now().state());
        rig.settle();
        rig.accept(half, "ben");
        assertEquals(ben, controller());
    }

    @Test
    public void aTransferThatFoundTheSessionBusyGoesThroughWhenSentAgain() {
        var command = UUID.randomUUID();
        sessions.busy = true;
        assertEquals("503 busy", refusedAgain(anna, session, command));
        assertEquals("nobody is asked", 0, rig.book.table().living(Rig.SITE).size());
        assertEquals("503 busy", refusedAgain(anna, session, command));
        sessions.busy = false;
        var item = again(anna, command);
        assertEquals(SupportSession.State.TRANSFERRING, session.now().state());
        assertEquals(Phase.WAITING, rig.state(item).phase());
        assertEquals(item, again(anna, command));
    }

    @Test
    public void theKeyOfAnotherRequestIsRefusedAndHarmsNothing() {
        var command = UUID.randomUUID();
        var item = again(anna, command);
        var other = sessions.open(Rig.SITE, Cast.agent("anna"), Cast.customer("Paul Martin"));
        assertEquals("409 command-id-reused", refusedAgain(anna, other, command));
        var bens = Cast.agent(Rig.SITE, "ben", "Ben Cole");
        assertEquals("409 command-id-reused", refusedAgain(bens, session, command));
        assertEquals(Phase.WAITING, rig.state(item).phase());
        assertEquals(SupportSession.State.ACTIVE, other.now().state());
    }
}
