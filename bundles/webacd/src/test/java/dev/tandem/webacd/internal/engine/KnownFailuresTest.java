package dev.tandem.webacd.internal.engine;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.Test;

import dev.tandem.webacd.RoutingStrategy;

/** What has gone wrong in other systems, each once. */
public class KnownFailuresTest {
    private final Site site = new Site();

    private void help() {
        site.with("help", RoutingStrategy.LONGEST_IDLE);
    }

    @Test
    public void queueIsDrainedWhenCapacityFreesUp() {
        help();
        site.present("anna", "help");
        var first = site.submit("help");
        var second = site.submit("help");
        var third = site.submit("help");
        site.accept(first, "anna").gone(first);
        assertEquals(List.of("anna"), site.asked(second));
        site.capacity("anna", 2);
        assertEquals(List.of("anna"), site.asked(third));
    }

    @Test
    public void queueIsDrainedWhenOtherWorkEnds() {
        help();
        site.present("anna", "help").apply(new Input.LoadChanged(Site.agent("anna"), 1));
        var item = site.submit("help");
        assertEquals(List.of(), site.asked(item));
        site.apply(new Input.LoadChanged(Site.agent("anna"), 0));
        assertEquals(List.of("anna"), site.asked(item));
    }

    @Test
    public void WX4_queueIsDrainedWhenItOpensAndNobodyIsAskedOutsideItsHours() {
        site.with("help", RoutingStrategy.LONGEST_IDLE, q -> q.hours(Site.open(60, 120)));
        site.present("anna", "help").present("bert", "help");
        var first = site.submit("help");
        var second = site.submit("help");
        assertEquals(List.of(), site.offers());
        assertEquals(Reason.QUEUE_CLOSED, site.reason(site.engine.explain(first), "anna"));
        assertEquals(Optional.of(Site.START.plusSeconds(60)), site.engine.nextWake());
        site.pass(60);
        assertEquals(List.of("anna"), site.asked(first));
        assertEquals(List.of("bert"), site.asked(second));
        site.pass(60).accept(first, "anna").gone(first);
        assertEquals("closed again", List.of(), site.asked(site.submit("help")));
    }

    @Test
    public void WX4_anOfferThatFailsAfterClosingTimeStaysInTheClosedQueue() {
        site.with("help", RoutingStrategy.LONGEST_IDLE, q -> q.hours(Site.open(0, 10)));
        site.present("anna", "help").present("bert", "help");
        var item = site.submit("help");
        site.pass(10).expire(item, "anna");
        assertEquals(List.of(), site.asked(item));
        assertEquals(List.of(item), site.engine.line(Site.queue("help")));
    }

    @Test
    public void queueIsDrainedWhenASettingChanges() {
        site.with(
                "help",
                RoutingStrategy.LONGEST_IDLE,
                q -> q.skills(new Skills(Skills.Mode.ALL, Map.of("french", 9), List.of())));
        site.present("anna", "help").present("bert", "help");
        var item = site.submit("help");
        assertEquals(List.of(), site.asked(item));
        site.with("help", RoutingStrategy.BROADCAST);
        assertEquals(List.of("anna", "bert"), site.asked(item));
    }

    @Test
    public void queueIsDrainedWhenAMemberComesOrLearns() {
        help();
        var item = site.submit("help", Map.of("french", 2), Optional.empty());
        site.present("anna");
        site.ranks("anna", Map.of("help", 1));
        assertEquals(List.of(), site.asked(item));
        site.skills("anna", Map.of("french", 2));
        assertEquals(List.of("anna"), site.asked(item));
    }

    @Test
    public void itemsOfARemovedQueueGoToTheFallback() {
        site.engine = new Engine(Settings.DEFAULT.withFallback(Site.queue("help")));
        help();
        site.with("sales", RoutingStrategy.LONGEST_IDLE);
        var item = site.submit("sales");
        site.apply(new Input.QueueRemoved(Site.queue("sales")));
        assertEquals(List.of(item), site.engine.line(Site.queue("help")));
    }

    @Test
    public void itemsOfARemovedQueueWaitUntilThereIsOne() {
        help();
        var item = site.submit("help");
        site.apply(new Input.QueueRemoved(Site.queue("help")));
        site.present("anna", "help");
        assertEquals(List.of(), site.asked(item));
        help();
        assertEquals(List.of("anna"), site.asked(item));
    }

    @Test
    public void closedBrowserGivesItsOfferBackAtOnce() {
        help();
        site.present("anna", "help").pass(1).present("bert", "help");
        var item = site.submit("help");
        site.presence("anna", AgentFacts.Presence.OFFLINE);
        assertEquals(List.of("bert"), site.asked(item));
        assertEquals(0, site.engine.load(Site.agent("anna")));
    }

    @Test
    public void browserClosedBeforeTheOfferWasWrittenGivesItBackAfterwards() {
        help();
        site.present("anna", "help").pass(1).present("bert", "help");
        site.heldBack = true;
        var item = site.submit("help");
        site.presence("anna", AgentFacts.Presence.OFFLINE);
        site.heldBack = false;
        site.commit(site.decided.get(0));
        assertEquals(List.of("bert"), site.asked(item));
    }

    @Test
    public void orderSurvivesAFailedWrite() {
        help();
        var first = site.submit("help");
        site.pass(1);
        var second = site.submit("help");
        site.heldBack = true;
        site.present("anna", "help");
        var decision = (Decision.MakeOffer) site.decided.get(0);
        assertEquals(first, decision.item());
        site.heldBack = false;
        site.apply(new Input.DecisionFailed(first, decision.number()));
        assertEquals("the next one is not kept waiting", List.of("anna"), site.asked(second));
        assertEquals(List.of(first, second), site.engine.line(Site.queue("help")));
        site.present("bert", "help").pass(1);
        assertEquals("after a moment it is tried again", List.of("bert"), site.asked(first));
    }

    @Test
    public void aWriteThatFailsForeverDoesNotSpin() {
        help();
        site.heldBack = true;
        site.present("anna", "help");
        var item = site.submit("help");
        for (int i = 0; i < 5; i++) {
            assertEquals(i + 1, site.decided.size());
            site.apply(new Input.DecisionFailed(item, site.decided.get(i).number()));
            assertEquals("rests", i + 1, site.decided.size());
            site.pass(1);
        }
    }

    @Test
    public void whoIsAskedInFlightIsNotFreeBeforeTheAnswerThoughTheItemMoves() {
        help();
        site.with("sales", RoutingStrategy.LONGEST_IDLE).present("anna", "help", "sales");
        site.heldBack = true;
        var item = site.submit("help");
        site.apply(new Input.ItemMoved(item, Site.to("sales")));
        assertEquals(1, site.decided.size());
        site.heldBack = false;
        site.apply(new Input.DecisionFailed(item, site.decided.get(0).number()));
        assertEquals(List.of("anna"), site.asked(item));
        site.apply(new Input.DecisionFailed(item, site.decided.get(0).number()));
        assertEquals("once more the old one", List.of("anna"), site.asked(item));
        assertEquals(List.of(item), site.engine.line(Site.queue("sales")));
    }

    @Test
    public void stuckOffersOfADeadRouterAreKnownToTheNextOne() {
        help();
        site.present("anna", "help");
        var offered = site.submit("help");
        var waits = site.submit("help");
        var snapshot = site.engine.snapshot();
        site.engine = new Engine(Settings.DEFAULT);
        assertEquals(List.of(), site.engine.restore(snapshot, site.now));
        assertEquals(1, site.engine.load(Site.agent("anna")));
        site.expire(offered, "anna");
        assertEquals(List.of("anna"), site.asked(waits));
    }

    @Test
    public void factsToldTwiceChangeNothing() {
        help();
        site.present("anna", "help").capacity("anna", 3);
        var item = site.submit("help");
        site.accept(item, "anna").accept(item, "anna");
        assertEquals(1, site.engine.load(Site.agent("anna")));
        site.apply(new Input.ItemSubmitted(Work.waiting(item, Site.to("help"), 0, site.now)));
        site.apply(new Input.WrapUpBegan(item));
        site.apply(new Input.WrapUpBegan(item));
        site.gone(item).gone(item);
        site.apply(new Input.ItemBack(item));
        assertEquals(0, site.engine.load(Site.agent("anna")));
        assertEquals(List.of(), site.engine.snapshot().works());
    }

    @Test
    public void WX5_whoeverComesWhileEverybodyIsAskedIsAskedToo() {
        site.with("help", RoutingStrategy.BROADCAST);
        site.present("anna", "help").present("bert", "help").presence("bert", AgentFacts.Presence.AWAY);
        var item = site.submit("help");
        assertEquals(List.of("anna"), site.asked(item));
        site.presence("bert", AgentFacts.Presence.AVAILABLE);
        assertEquals(List.of("anna", "bert"), site.asked(item));
        site.present("cora", "help").decline(item, "cora");
        site.presence("cora", AgentFacts.Presence.AWAY).presence("cora", AgentFacts.Presence.AVAILABLE);
        assertEquals("who has declined is left alone", List.of("anna", "bert"), site.asked(item));
        site.accept(item, "bert");
        assertEquals(1, site.engine.load(Site.agent("bert")));
        assertEquals(0, site.engine.load(Site.agent("anna")));
    }

    @Test
    public void WX5_whatWaitsComesBeforeWhatOthersAreAskedFor() {
        site.with("help", RoutingStrategy.BROADCAST).present("anna", "help");
        var first = site.submit("help");
        var second = site.submit("help");
        site.present("bert", "help");
        assertEquals(List.of("anna"), site.asked(first));
        assertEquals(List.of("bert"), site.asked(second));
        site.capacity("bert", 2);
        assertEquals(List.of("anna", "bert"), site.asked(first));
    }

    @Test
    public void WX5_whoeverWasToJoinIsFreeAgainIfTheOthersWereFaster() {
        site.with("help", RoutingStrategy.BROADCAST).present("anna", "help");
        var item = site.submit("help");
        site.heldBack = true;
        site.present("bert", "help");
        var widen = (Decision.WidenOffer) site.decided.get(site.decided.size() - 1);
        assertEquals(List.of("anna"), site.asked(item));
        site.decline(item, "anna");
        assertEquals("not asked in vain", List.of(), site.asked(item));
        site.heldBack = false;
        site.apply(new Input.DecisionFailed(item, widen.number()));
        assertEquals(List.of("bert"), site.asked(item));
    }

    @Test
    public void WX5_whatIsForEverybodyIsNotWidenedOutsideTheHours() {
        site.with("help", RoutingStrategy.BROADCAST, q -> q.hours(Site.open(0, 10)));
        site.present("anna", "help");
        var item = site.submit("help");
        site.pass(10).present("bert", "help");
        assertEquals(List.of("anna"), site.asked(item));
    }
}
