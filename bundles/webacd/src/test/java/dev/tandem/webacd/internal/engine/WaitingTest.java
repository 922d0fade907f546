package dev.tandem.webacd.internal.engine;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.Test;

import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.WorkItemId;

public class WaitingTest {
    private final Site site = new Site();

    private void help() {
        site.with("help", RoutingStrategy.LONGEST_IDLE);
    }

    private List<WorkItemId> line() {
        return site.engine.line(Site.queue("help"));
    }

    @Test
    public void aLevelOfPriorityIsWorthAMinute() {
        help();
        var old = site.submit("help");
        site.pass(59);
        var urgent = site.submit("help", 1);
        site.pass(61);
        var late = site.submit("help", 2);
        var plain = site.submit("help");
        assertEquals(List.of(urgent, old, late, plain), line());
    }

    @Test
    public void urgentOnesDoNotStarveTheRest() {
        help();
        var plain = site.submit("help");
        site.present("anna", "help");
        site.accept(plain, "anna");
        var waiting = site.submit("help");
        var current = plain;
        int served = 0;
        while (site.asked(waiting).isEmpty()) {
            site.pass(10);
            var urgent = site.submit("help", 9);
            site.gone(current);
            var next = site.asked(urgent).isEmpty() ? line().get(0) : urgent;
            if (!next.equals(waiting)) {
                site.accept(next, "anna");
                current = next;
            }
            served++;
        }
        assertEquals("nine minutes, an urgent one every 10 s", 54, served);
    }

    @Test
    public void aFailedOfferKeepsTheFirstWaitingTime() {
        help();
        var first = site.submit("help");
        site.pass(5);
        var second = site.submit("help");
        site.present("anna", "help");
        assertEquals(List.of("anna"), site.asked(first));
        site.expire(first, "anna").presence("anna", AgentFacts.Presence.AWAY);
        assertEquals(List.of(first, second), line());
        site.pass(5).present("bert", "help");
        assertEquals(List.of("bert"), site.asked(first));
        assertEquals(Site.START, site.engine.snapshot().works().get(0).since());
    }

    @Test
    public void whoHasDeclinedIsAskedAgainAfterAPauseAndAfterOthers() {
        help();
        site.present("anna", "help");
        var item = site.submit("help");
        site.decline(item, "anna").pass(29);
        assertEquals(List.of(), site.asked(item));
        site.pass(1);
        assertEquals(List.of("anna"), site.asked(item));
        site.decline(item, "anna").pass(10).present("bert", "help");
        assertEquals(List.of("bert"), site.asked(item));
    }

    @Test
    public void anAgentWhoHasDeclinedGetsTheNextInLine() {
        help();
        var first = site.submit("help");
        var second = site.submit("help");
        site.present("anna", "help").decline(first, "anna");
        assertEquals(List.of("anna"), site.asked(second));
    }

    @Test
    public void WX6_noAgentHasMoreThanTheirCapacity() {
        help();
        site.present("anna", "help").capacity("anna", 2);
        var items = List.of(site.submit("help"), site.submit("help"), site.submit("help"));
        assertEquals(List.of("anna", "anna"), site.offers());
        site.accept(items.get(0), "anna");
        site.apply(new Input.WrapUpBegan(items.get(0)));
        assertEquals("a wrap-up takes a place", List.of(), site.asked(items.get(2)));
        site.gone(items.get(0));
        assertEquals(List.of("anna"), site.asked(items.get(2)));
    }

    @Test
    public void WX6_withoutInboundNothingComesByItself() {
        help();
        site.present("anna", "help").inbound("anna", false);
        var item = site.submit("help");
        assertEquals(List.of(), site.asked(item));
        assertEquals(Reason.NO_INBOUND, site.reason(site.engine.explain(item), "anna"));
        site.inbound("anna", true);
        assertEquals(List.of("anna"), site.asked(item));
    }

    @Test
    public void WX6_anAgentServesOnlyTheirQueues() {
        help();
        site.with("sales", RoutingStrategy.LONGEST_IDLE).present("anna", "sales");
        var item = site.submit("help");
        assertEquals(List.of(), site.asked(item));
        site.ranks("anna", Map.of("help", 1, "sales", 1));
        assertEquals(List.of("anna"), site.asked(item));
    }

    @Test
    public void WX5_afterTheThresholdItGoesToAnotherQueueAndKeepsItsTime() {
        site.with("help", RoutingStrategy.LONGEST_IDLE, q -> q.overflow("sales", 60))
                .with("sales", RoutingStrategy.LONGEST_IDLE, q -> q.overflow("help", 60));
        var item = site.submit("help");
        assertEquals(Optional.of(Site.START.plusSeconds(60)), site.engine.nextWake());
        site.pass(60);
        assertEquals(List.of(item), site.engine.line(Site.queue("sales")));
        site.pass(600);
        assertEquals("it does not come back", List.of(item), site.engine.line(Site.queue("sales")));
        assertEquals(Site.START, site.engine.snapshot().works().get(0).since());
        site.present("anna", "sales");
        assertEquals(List.of("anna"), site.asked(item));
    }

    @Test
    public void itDoesNotOverflowToWhereNobodyWouldTakeIt() {
        site.with("help", RoutingStrategy.LONGEST_IDLE, q -> q.overflow("sales", 60))
                .with("sales", RoutingStrategy.LONGEST_IDLE, q -> q.largest(1));
        var there = site.submit("sales");
        var item = site.submit("help");
        site.pass(60);
        assertEquals(List.of(item), line());
        site.gone(there).pass(10);
        assertEquals(List.of(), line());
    }

    @Test
    public void afterTheLargestWaitItExpires() {
        site.with("help", RoutingStrategy.LONGEST_IDLE, q -> q.longestWait(300));
        var item = site.submit("help");
        site.pass(299);
        assertEquals(List.of(item), line());
        site.pass(1);
        assertEquals(List.of(new Decision.Expire(1, item)), site.decided);
        assertEquals(List.of(), line());
    }

    @Test
    public void itDoesNotExpireUnderAnAgentsHands() {
        site.with("help", RoutingStrategy.LONGEST_IDLE, q -> q.longestWait(300)).present("anna", "help");
        site.pass(290);
        var item = site.submit(Work.waiting(site.nextId(), Site.to("help"), 0, Site.START));
        site.pass(15);
        assertEquals(List.of("anna"), site.asked(item));
        site.decline(item, "anna");
        assertEquals(List.of(), line());
    }

    @Test
    public void skillsAreDemandedWithTheirLevels() {
        help();
        site.present("anna", "help").present("bert", "help").skills("anna", Map.of("french", 4));
        var item = site.submit("help", Map.of("french", 5), Optional.empty());
        assertEquals(List.of(), site.asked(item));
        assertEquals(
                "french 4 < 5", site.engine.explain(item).considered().get(0).detail());
        assertEquals(
                "french 0 < 5", site.engine.explain(item).considered().get(1).detail());
        site.skills("bert", Map.of("french", 5));
        assertEquals(List.of("bert"), site.asked(item));
        assertEquals("others go on", List.of("anna"), site.asked(site.submit("help")));
    }

    @Test
    public void skillsAreRelaxedStepByStep() {
        var relax = List.of(
                new Skills.Relaxation(Duration.ofSeconds(60), Set.of("printers"), 0),
                new Skills.Relaxation(Duration.ofSeconds(30), Set.of(), 2));
        site.with(
                "help",
                RoutingStrategy.LONGEST_IDLE,
                q -> q.skills(new Skills(Skills.Mode.ALL, Map.of("french", 5, "printers", 5), relax)));
        site.present("anna", "help").skills("anna", Map.of("french", 3));
        var item = site.submit("help");
        site.pass(59);
        assertEquals(List.of(), site.asked(item));
        site.present("bert", "help").skills("bert", Map.of("french", 3, "printers", 3));
        assertEquals("30 s have lowered both by 2", List.of("bert"), site.asked(item));
        site.decline(item, "bert").pass(1);
        assertEquals("60 s have made printers needless", List.of("anna"), site.asked(item));
    }

    @Test
    public void bestFitComesFirstAndAnybodyComes() {
        site.with(
                "help",
                RoutingStrategy.LONGEST_IDLE,
                q -> q.skills(new Skills(Skills.Mode.BEST, Map.of("french", 5), List.of())));
        site.present("anna", "help").pass(1).present("bert", "help").skills("bert", Map.of("french", 2));
        site.pass(1).present("cora", "help").skills("cora", Map.of("french", 9));
        for (int i = 0; i < 3; i++) {
            site.submit("help");
        }
        assertEquals(List.of("cora", "bert", "anna"), site.offers());
    }

    @Test
    public void thePreferredAgentIsWaitedForAndOnlyForAWhile() {
        site.with("help", RoutingStrategy.LONGEST_IDLE, q -> q.preferred(45))
                .present("anna", "help")
                .present("bert", "help");
        var first = site.submit("help", Map.of(), Optional.of(Site.agent("bert")));
        assertEquals(List.of("bert"), site.asked(first));
        site.accept(first, "bert");
        var second = site.submit("help", Map.of(), Optional.of(Site.agent("bert")));
        assertEquals(List.of(), site.asked(second));
        assertEquals(Reason.PREFERRED_OTHER, site.reason(site.engine.explain(second), "anna"));
        assertEquals(Reason.FULL, site.reason(site.engine.explain(second), "bert"));
        site.pass(44);
        assertEquals(List.of(), site.asked(second));
        site.pass(1);
        assertEquals(List.of("anna"), site.asked(second));
    }

    @Test
    public void thePreferredAgentIsNotWaitedForWhenAway() {
        site.with("help", RoutingStrategy.LONGEST_IDLE, q -> q.preferred(45))
                .present("anna", "help")
                .present("bert", "help")
                .capacity("bert", 0);
        var item = site.submit("help", Map.of(), Optional.of(Site.agent("bert")));
        assertEquals(List.of(), site.asked(item));
        site.presence("bert", AgentFacts.Presence.AWAY);
        assertEquals(List.of("anna"), site.asked(item));
    }

    @Test
    public void W35_ofSeveralAgentsTheFirstToAcceptHasItAndTheOthersAreFree() {
        site.engine = new Engine(Settings.DEFAULT.withFallback(Site.queue("help")));
        help();
        site.present("anna").present("bert").present("cora");
        var item = site.submitTo("anna", "bert");
        assertEquals(List.of("anna", "bert"), site.asked(item));
        site.accept(item, "bert");
        assertEquals(0, site.engine.load(Site.agent("anna")));
        assertEquals(1, site.engine.load(Site.agent("bert")));
    }

    @Test
    public void W35_ifAllDeclineOrLetItExpireItGoesToTheFallbackQueue() {
        site.engine = new Engine(Settings.DEFAULT.withFallback(Site.queue("help")));
        help();
        site.present("anna").present("bert").present("cora", "help");
        var item = site.submitTo("anna", "bert");
        site.decline(item, "anna").expire(item, "bert");
        assertEquals(
                List.of(Decision.Overflow.Why.FALLBACK),
                site.decided.stream()
                        .filter(Decision.Overflow.class::isInstance)
                        .map(d -> ((Decision.Overflow) d).why())
                        .toList());
        assertEquals(List.of("cora"), site.asked(item));
    }

    @Test
    public void W35_busyAgentsAreWaitedForAndAbsentOnesAreNot() {
        site.engine = new Engine(Settings.DEFAULT.withFallback(Site.queue("help")));
        help();
        site.present("anna").present("bert").presence("bert", AgentFacts.Presence.OFFLINE);
        var busy = site.submitTo("anna");
        var waits = site.submitTo("anna", "bert");
        assertEquals(List.of(), line());
        site.pass(59);
        assertEquals(List.of(), line());
        site.pass(1);
        assertEquals(List.of(waits), line());
        assertEquals(List.of("anna"), site.asked(busy));
        site.presence("anna", AgentFacts.Presence.OFFLINE);
        assertEquals("the offer was taken back, and nobody is left", List.of(busy, waits), line());
    }

    @Test
    public void WX5_whoMayPickGetsWhatTheyPick() {
        help();
        var first = site.submit("help");
        var second = site.submit("help");
        site.present("anna").inbound("anna", false).ranks("anna", Map.of("help", 1));
        site.accept(first, "bert");
        site.heldBack = true;
        var granted = site.apply(new Input.PickAsked(second, Site.agent("anna")));
        assertEquals(List.of(new Decision.GrantPick(1, second, Site.agent("anna"))), granted);
        assertEquals(
                "two agents claim one item",
                List.of(new Decision.RefusePick(2, second, Site.agent("bert"), Decision.RefusePick.Why.TAKEN)),
                site.apply(new Input.PickAsked(second, Site.agent("bert"))));
        assertEquals(
                List.of(new Decision.RefusePick(3, first, Site.agent("anna"), Decision.RefusePick.Why.TAKEN)),
                site.apply(new Input.PickAsked(first, Site.agent("anna"))));
    }

    @Test
    public void WX5_whyAPickIsRefused() {
        help();
        site.with("closed", RoutingStrategy.LONGEST_IDLE, q -> q.noPick())
                .present("anna", "help", "closed")
                .inbound("anna", false);
        assertEquals(Decision.RefusePick.Why.NOT_ALLOWED, refusal(site.submit("closed"), "anna"));
        var item = site.submit("help");
        assertEquals(Decision.RefusePick.Why.GONE, refusal(site.nextId(), "anna"));
        assertEquals(Decision.RefusePick.Why.NOT_IN_QUEUE, refusal(item, "bert"));
        site.apply(new Input.LoadChanged(Site.agent("anna"), 1));
        assertEquals(Decision.RefusePick.Why.FULL, refusal(item, "anna"));
        site.presence("anna", AgentFacts.Presence.OFFLINE);
        assertEquals(Decision.RefusePick.Why.OFFLINE, refusal(item, "anna"));
    }

    private Decision.RefusePick.Why refusal(WorkItemId item, String agent) {
        var said = site.apply(new Input.PickAsked(item, Site.agent(agent)));
        return ((Decision.RefusePick) said.get(0)).why();
    }

    @Test
    public void everyReasonIsTold() {
        site.with(
                "help",
                RoutingStrategy.LONGEST_IDLE,
                q -> q.skills(new Skills(Skills.Mode.ALL, Map.of("french", 1), List.of())));
        var french = Map.of("french", 3);
        for (var name : List.of("away", "declined", "full", "notes", "offered")) {
            site.present(name, "help").skills(name, french);
        }
        site.apply(new Input.LoadChanged(Site.agent("full"), 1));
        site.present("mute", "help").skills("mute", french).inbound("mute", false);
        site.presence("away", AgentFacts.Presence.AWAY);
        var notes = site.submit("help");
        site.decline(notes, "declined");
        site.accept(notes, "notes");
        site.apply(new Input.WrapUpBegan(notes));
        site.present("unskilled", "help");
        site.present("gone", "help").presence("gone", AgentFacts.Presence.OFFLINE);
        var waits = site.submit("help");
        site.decline(waits, "declined");
        assertEquals(List.of("offered"), site.asked(waits));
        var next = site.submit("help");
        site.decline(next, "declined");
        site.pass(1).present("next", "help").skills("next", french).pass(1);
        site.present("chosen", "help").pass(1);
        var told = site.engine.explain(next);
        assertEquals(Reason.AWAY, site.reason(told, "away"));
        assertEquals(Reason.DECLINED_BEFORE, site.reason(told, "declined"));
        assertEquals(Reason.FULL, site.reason(told, "full"));
        assertEquals(Reason.WRAP_UP, site.reason(told, "notes"));
        assertEquals(Reason.OFFERED_OTHER, site.reason(told, "offered"));
        assertEquals(Reason.NO_INBOUND, site.reason(told, "mute"));
        assertEquals(Reason.SKILL_MISSING, site.reason(told, "unskilled"));
        assertEquals(Reason.OFFLINE, site.reason(told, "gone"));
        assertEquals(List.of("next"), site.asked(next));
        site.gone(next);
        site.skills("chosen", french).pass(1);
        site.submit("help");
        var explained = site.lastExplanation();
        assertEquals(RoutingStrategy.LONGEST_IDLE, explained.strategy());
        assertEquals(Reason.CHOSEN, explained.considered().get(0).reason());
        assertEquals(Reason.ORDER, site.reason(explained, "chosen"));
        assertEquals(0, explained.more());
        assertEquals(10, explained.considered().size());
    }

    @Test
    public void explanationsAreBounded() {
        site.engine = new Engine(Settings.DEFAULT.explaining(5));
        help();
        for (int i = 0; i < 20; i++) {
            site.present("agent-" + i, "help");
        }
        site.submit("help");
        assertEquals(5, site.lastExplanation().considered().size());
        assertEquals(15, site.lastExplanation().more());
    }
}
