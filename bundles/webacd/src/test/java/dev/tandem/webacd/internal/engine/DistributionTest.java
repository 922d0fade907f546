package dev.tandem.webacd.internal.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.Test;

import dev.tandem.webacd.Candidate;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.RoutingStrategyContract;
import dev.tandem.webacd.WorkItemId;

public class DistributionTest {
    private final Site site = new Site();

    @Test
    public void WX5_mostIdleAsksWhoHasBeenWithoutWorkForLongest() {
        site.with("help", RoutingStrategy.LONGEST_IDLE).present("anna", "help");
        site.pass(10).present("bert", "help");
        site.pass(10).present("cora", "help");
        var first = site.submit("help");
        assertEquals(List.of("anna"), site.asked(first));
        site.accept(first, "anna").pass(10).gone(first);
        assertEquals(List.of("bert"), site.asked(site.submit("help")));
        assertEquals(List.of("cora"), site.asked(site.submit("help")));
        assertEquals(List.of("anna"), site.asked(site.submit("help")));
    }

    @Test
    public void WX5_mostIdleDoesNotPunishWhoWasAskedForNothing() {
        site.with("help", RoutingStrategy.LONGEST_IDLE).present("anna", "help");
        site.pass(10).present("bert", "help");
        var first = site.submit("help");
        site.apply(new Input.ItemGone(first));
        site.pass(5);
        assertEquals(List.of("anna"), site.asked(site.submit("help")));
    }

    @Test
    public void WX5_mostIdlePrefersWhoHasNothingToWhoHasSomething() {
        site.with("help", RoutingStrategy.LONGEST_IDLE)
                .present("anna", "help")
                .present("bert", "help")
                .capacity("anna", 3)
                .capacity("bert", 3);
        var first = site.submit("help");
        site.accept(first, "anna").pass(60);
        var second = site.submit("help");
        assertEquals(List.of("bert"), site.asked(second));
        site.accept(second, "bert").pass(60);
        assertEquals("both have one, anna got hers earlier", List.of("anna"), site.asked(site.submit("help")));
    }

    @Test
    public void WX5_roundRobinAsksOneAfterTheOther() {
        site.with("help", RoutingStrategy.ROUND_ROBIN);
        for (var name : List.of("cora", "anna", "bert")) {
            site.present(name, "help");
        }
        for (int i = 0; i < 7; i++) {
            var item = site.submit("help");
            site.accept(item, site.asked(item).get(0)).pass(1).gone(item);
        }
        assertEquals(List.of("anna", "bert", "cora", "anna", "bert", "cora", "anna"), site.offers());
    }

    @Test
    public void WX5_aRefusalIsATurnInRoundRobin() {
        site.with("help", RoutingStrategy.ROUND_ROBIN).present("anna", "help").present("bert", "help");
        var first = site.submit("help");
        site.pass(1).decline(first, "anna").pass(1);
        assertEquals(List.of("bert"), site.asked(first));
        site.gone(first).pass(1);
        assertEquals(List.of("anna"), site.asked(site.submit("help")));
    }

    @Test
    public void turnsOfAQueueAreItsOwn() {
        site.with("help", RoutingStrategy.ROUND_ROBIN).with("sales", RoutingStrategy.ROUND_ROBIN);
        site.present("anna", "help", "sales").present("bert", "help", "sales");
        site.gone(site.submit("help")).pass(1);
        assertEquals(List.of("anna"), site.asked(site.submit("sales")));
    }

    @Test
    public void fewestActiveAsksWhoHasLeast() {
        site.with("help", RoutingStrategy.FEWEST_ACTIVE)
                .present("anna", "help")
                .present("bert", "help")
                .capacity("anna", 5)
                .capacity("bert", 5);
        site.apply(new Input.LoadChanged(Site.agent("anna"), 2));
        for (int i = 0; i < 6; i++) {
            site.submit("help");
        }
        assertEquals(List.of("bert", "bert"), site.offers().subList(0, 2));
        assertEquals(4, site.engine.load(Site.agent("anna")));
        assertEquals(4, site.engine.load(Site.agent("bert")));
    }

    @Test
    public void WX5_everybodyIsAskedAndTheFirstToAcceptHasIt() {
        site.with("help", RoutingStrategy.BROADCAST);
        for (var name : List.of("anna", "bert", "cora")) {
            site.present(name, "help");
        }
        var item = site.submit("help");
        assertEquals(List.of("anna", "bert", "cora"), site.asked(item));
        site.accept(item, "bert");
        assertEquals(0, site.engine.load(Site.agent("anna")));
        assertEquals(1, site.engine.load(Site.agent("bert")));
        assertEquals(List.of("anna", "cora"), site.asked(site.submit("help")));
    }

    @Test
    public void WX5_whoDeclinesAnOfferToEverybodyLeavesItToTheOthers() {
        site.with("help", RoutingStrategy.BROADCAST).present("anna", "help").present("bert", "help");
        var first = site.submit("help");
        var second = site.submit("help");
        site.decline(first, "anna");
        assertEquals(List.of("bert"), site.asked(first));
        assertEquals("anna is free for the next", List.of("anna"), site.asked(second));
        site.decline(first, "bert");
        assertEquals(List.of(), site.asked(first));
        assertEquals("bert is free for it, too", List.of("anna", "bert"), site.asked(second));
        site.accept(second, "anna").pass(30);
        assertEquals(List.of("bert"), site.asked(first));
    }

    @Test
    public void loadIsEven() {
        for (var strategy :
                List.of(RoutingStrategy.LONGEST_IDLE, RoutingStrategy.ROUND_ROBIN, RoutingStrategy.FEWEST_ACTIVE)) {
            var one = new Site().with("help", strategy);
            for (int i = 0; i < 10; i++) {
                one.present("agent-" + i, "help");
            }
            var random = new Random(3);
            var busy = new HashMap<WorkItemId, String>();
            for (int i = 0; i < 1_000; i++) {
                one.pass(1);
                if (busy.size() == 6) {
                    var done = busy.keySet().stream()
                            .sorted()
                            .skip(random.nextInt(6))
                            .findFirst()
                            .orElseThrow();
                    busy.remove(done);
                    one.gone(done);
                }
                var item = one.submit("help");
                busy.put(item, one.asked(item).get(0));
                one.accept(item, busy.get(item));
            }
            var shares =
                    one.offers().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            long most = shares.values().stream().mapToLong(n -> n).max().orElseThrow();
            long least = shares.values().stream().mapToLong(n -> n).min().orElseThrow();
            assertEquals(strategy + " " + shares, 10, shares.size());
            assertTrue(strategy + " " + shares, least >= 85 && most <= 115);
        }
    }

    private static final RoutingStrategy LAST_BY_NAME = Site.strategy(
            "LAST_BY_NAME",
            Comparator.comparing((Candidate c) -> c.agent().value()).reversed());

    @Test
    public void aStrategyComesAndGoesWhileTheQueueRuns() {
        assertEquals(List.of(), RoutingStrategyContract.violations(LAST_BY_NAME));
        site.with("help", "LAST_BY_NAME").present("anna", "help");
        site.pass(1).present("bert", "help").pass(1).present("cora", "help");
        assertEquals(
                Optional.of(new Engine.InUse("LAST_BY_NAME", RoutingStrategy.LONGEST_IDLE, "not there")),
                site.engine.strategy(Site.queue("help")));
        var first = site.submit("help");
        assertEquals(List.of("anna"), site.asked(first));
        site.gone(first);

        site.apply(new Input.StrategyChanged("LAST_BY_NAME", Optional.of(LAST_BY_NAME)));
        assertEquals(
                Optional.of(new Engine.InUse("LAST_BY_NAME", "LAST_BY_NAME", "")),
                site.engine.strategy(Site.queue("help")));
        var second = site.submit("help");
        assertEquals(List.of("cora"), site.asked(second));
        site.gone(second);

        site.apply(new Input.StrategyChanged("LAST_BY_NAME", Optional.empty()));
        assertEquals(List.of("anna"), site.asked(site.submit("help")));
    }

    @Test
    public void aStrategyThatGoesRoundInACircleIsNotTakenIn() {
        var circle = Site.strategy("CIRCLE", (a, b) -> {
            int one = a.agent().value().length() * 3 + (int) a.idleSince().getEpochSecond() % 3;
            int other = b.agent().value().length() * 3 + (int) b.idleSince().getEpochSecond() % 3;
            return one % 3 == other % 3 ? 0 : (one + 1) % 3 == other % 3 ? -1 : 1;
        });
        site.with("help", "CIRCLE").present("anna", "help");
        site.apply(new Input.StrategyChanged("CIRCLE", Optional.of(circle)));
        var used = site.engine.strategy(Site.queue("help")).orElseThrow();
        assertEquals(RoutingStrategy.LONGEST_IDLE, used.used());
        assertEquals("order: goes round in a circle", used.trouble().split(";")[0]);
    }

    /** It passes the test of the contract, since it goes mad only later. */
    @Test
    public void aStrategyThatGoesMadIsPutAsideAndNothingIsLost() {
        var random = new Random(1);
        var mad = new boolean[1];
        var strategy = Site.strategy(
                "MAD",
                (a, b) -> mad[0]
                        ? random.nextInt(3) - 1
                        : a.agent().value().compareTo(b.agent().value()));
        site.apply(new Input.StrategyChanged("MAD", Optional.of(strategy)));
        site.with("help", "MAD");
        for (int i = 0; i < 20; i++) {
            site.present("agent-" + i, "help");
        }
        mad[0] = true;
        for (int i = 0; i < 100; i++) {
            var item = site.submit("help");
            site.accept(item, site.asked(item).get(0)).pass(1).gone(item);
        }
        assertEquals(
                Optional.of(new Engine.InUse("MAD", RoutingStrategy.LONGEST_IDLE, "contradicts itself")),
                site.engine.strategy(Site.queue("help")));
        for (int i = 0; i < 20; i++) {
            site.submit("help");
        }
        assertEquals(
                0,
                site.engine.snapshot().works().stream()
                        .filter(work -> work.stage() instanceof Work.Stage.Waiting)
                        .count());
    }

    @Test
    public void aStrategyThatThrowsIsPutAside() {
        var broken = new boolean[1];
        var strategy = Site.strategy("BROKEN", (a, b) -> {
            if (broken[0]) {
                throw new IllegalStateException("out of order");
            }
            return 0;
        });
        site.apply(new Input.StrategyChanged("BROKEN", Optional.of(strategy)));
        site.with("help", "BROKEN").present("anna", "help").present("bert", "help");
        broken[0] = true;
        site.submit("help");
        site.submit("help");
        assertEquals(List.of("anna", "bert"), site.offers());
    }

    @Test
    public void ranksSayWhichQueueAnAgentServesFirst() {
        site.with("help", RoutingStrategy.LONGEST_IDLE).with("sales", RoutingStrategy.LONGEST_IDLE);
        site.present("anna", "help", "sales").ranks("anna", Map.of("help", 2, "sales", 1));
        var first = site.submit("help");
        site.accept(first, "anna");
        var help = site.submit("help");
        site.pass(100);
        var sales = site.submit("sales");
        site.gone(first);
        assertEquals(List.of("anna"), site.asked(sales));
        site.accept(sales, "anna").gone(sales);
        assertEquals(List.of("anna"), site.asked(help));
    }
}
