package dev.tandem.webacd.internal.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.Decision;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.config.Changed;
import dev.tandem.webacd.internal.config.NamedAgents;
import dev.tandem.webacd.internal.config.Office;
import dev.tandem.webacd.internal.config.RoutingFault;
import dev.tandem.webacd.internal.config.RoutingPlans;
import dev.tandem.webacd.internal.config.WhatIf;
import dev.tandem.webacd.internal.metrics.Kept;
import dev.tandem.webacd.internal.metrics.ThresholdsOf;
import dev.tandem.webacd.internal.metrics.Visits;
import dev.tandem.webacd.internal.work.NobodyThere;
import dev.tandem.webacd.internal.work.OtherWorks;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkFact;

/** Real work items in a real journal, then simulated and judged by other rules. */
public class RecordingTest {
    private static final SiteId SITE = Office.SITE;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Office office;
    private WorkBook book;
    private WorkDesk desk;
    private Kept kept;
    private WhatIf whatIf;
    private Recorded recorded;
    private Facts facts;
    private Simulations simulations;
    private Instant start;
    private QueueId printers;
    private QueueId repairs;
    private final CountDownLatch over = new CountDownLatch(1);

    @Before
    public void open() {
        var sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + folder.getRoot().toPath().resolve("test.db"));
        office = new Office(sqlite);
        office.clock.set(Instant.parse("2026-03-02T09:00:00Z"));
        start = office.clock.instant();
        repairs = office.queue("repairs");
        printers = office.desk.create(
                office.by(),
                Changed.of("printers")
                        .with("members", "[{\"agent\":\"anna\",\"rank\":1}]")
                        .with(
                                "entry",
                                "{\"enabled\":true,\"fields\":[{\"key\":\"product\",\"label\":{\"en\":\"Product\"},\"type\":\"TEXT\"}]}")
                        .form());
        book = new WorkBook(
                office.journal.journal(), office.journal.database(), new Kept(office.journal.database(), office.clock));
        var plans = new RoutingPlans(office.stored, new NamedAgents(office.journal.settings(), office.seeds));
        desk = new WorkDesk(
                book,
                plans,
                new Waits(book, plans, new NobodyThere(), new OtherWorks(), office.clock),
                office.journal.ids(),
                office.journal.sealer(),
                office.clock);
        kept = new Kept(office.journal.database(), office.clock);
        var visits = new Visits(kept, book);
        office.journal.subscribe(visits);
        whatIf = new WhatIf(office.stored, office.desk, office.seeds, office.neighbours);
        facts = new Facts(book);
        recorded = new Recorded(kept, facts, office.clock);
        var sources = new Sources(whatIf, ThresholdsOf.seconds(office.journal.settings(), 20), recorded);
        simulations = new Simulations(
                whatIf, sources, recorded, (site, topic) -> heard(topic), (delay, what) -> what.run(), office.clock);
    }

    private void heard(String topic) {
        assertEquals("webacd/simulations", topic);
        if (simulations.all(SITE).stream().allMatch(one -> one.state().over())) {
            over.countDown();
        }
    }

    @After
    public void close() {
        simulations.close();
        book.close();
        office.close();
    }

    private void at(int second) {
        office.clock.set(start.plusSeconds(second));
    }

    private WorkItemId comes(String customer, String product) {
        var request = new WorkRequest(
                SITE,
                "session",
                UUID.randomUUID().toString(),
                new Target.Queue(printers),
                "Marie",
                "",
                "fr",
                Map.of("entry", "printers"),
                0,
                Map.of(),
                "",
                Map.of("product", product),
                Optional.empty());
        return desk.submit(
                        request,
                        new WorkDesk.By("customer:x", Optional.empty(), "customer:" + customer),
                        UUID.randomUUID())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
    }

    private void write(WorkItemId item, WorkFact... all) {
        book.execute(SITE, item, UUID.randomUUID(), "test", (state, now) -> Decision.accept(List.of(all)));
    }

    private void answered(WorkItemId item) {
        var offer = UUID.randomUUID();
        var now = office.clock.instant();
        write(
                item,
                new WorkFact.Offered(
                        offer, List.of("anna"), now, now.plusSeconds(30), new WorkFact.Why("", List.of(), 0)),
                new WorkFact.Accepted(offer, "anna", now));
    }

    private void done(WorkItemId item) {
        write(item, new WorkFact.Done("anna", office.clock.instant()));
    }

    /** Answered after 10 s, kept for 100; gone after 30 s; still waiting for 80 s at the end; forgotten, and gone at once. */
    private void history() {
        at(0);
        kept.there(SITE, Map.of("anna", "AVAILABLE"));
        var first = comes("1", "Laser");
        at(10);
        answered(first);
        at(20);
        var second = comes("2", "Ink");
        at(40);
        kept.there(SITE, Map.of("anna", "AVAILABLE"));
        at(50);
        desk.abandon(SITE, second, UUID.randomUUID());
        at(80);
        kept.there(SITE, Map.of("anna", "AVAILABLE"));
        at(110);
        done(first);
        at(120);
        kept.there(SITE, Map.of("anna", "AVAILABLE"));
        comes("3", "Laser");
        var fourth = comes("4", "Laser");
        desk.abandon(SITE, fourth, UUID.randomUUID());
        at(160);
        kept.there(SITE, Map.of("anna", "AVAILABLE"));
        office.journal.journal().erase(SITE, "customer:4");
        at(200);
        kept.there(SITE, Map.of("anna", "AVAILABLE"));
        office.journal.settle();
    }

    private Request request(Request.Scenario... scenarios) {
        return new Request(
                new Request.Traffic(
                        Request.Kind.RECORDED,
                        start,
                        start.plusSeconds(200),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.of(20),
                Optional.of(0.0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(scenarios));
    }

    private static Request.Scenario scenario(String name, Optional<String> rules, Optional<List<Request.More>> more) {
        return new Request.Scenario(
                name, Optional.empty(), rules, Optional.empty(), Optional.empty(), more, Optional.empty());
    }

    private Recording recording(List<Scene> scenes) {
        return recorded.traffic(SITE, request().traffic(), scenes, () -> true);
    }

    private Scene scene(Request.Scenario scenario) {
        return new Judge(whatIf).judge(SITE, request(scenario)).scenes().get(0);
    }

    @Test
    public void whatCameIsReadAsItWas() {
        history();
        var scene = scene(scenario("As it is", Optional.empty(), Optional.empty()));
        var recording = recording(List.of(scene));
        var arrivals = new ArrayList<Arrival>();
        recording.arrivals(scene).forEachRemaining(arrivals::add);
        assertEquals(4, recording.items());
        assertEquals(
                List.of(0L, 20L, 120L, 120L),
                arrivals.stream()
                        .map(one -> Duration.between(start, one.at()).toSeconds())
                        .toList());
        assertEquals(new Target.Queue(printers), arrivals.get(0).target());
        // Every handling time is the only one that is known; who went had that patience, the others more than they
        // waited.
        arrivals.forEach(one -> assertEquals(Duration.ofSeconds(100), one.handling()));
        assertEquals(Optional.of(Duration.ofSeconds(30)), arrivals.get(1).patience());
        assertEquals(Optional.of(Duration.ZERO), arrivals.get(3).patience());
        assertTrue(arrivals.get(0).patience().orElseThrow().toSeconds() >= 10);
        assertTrue(arrivals.get(2).patience().orElseThrow().toSeconds() >= 80);
        var again = new ArrayList<Arrival>();
        recording(List.of(scene)).arrivals(scene).forEachRemaining(again::add);
        assertEquals(arrivals, again);
        var summary = recorded.summary(SITE, office.now(), start, start.plusSeconds(200));
        assertEquals(4, summary.items());
        assertEquals(Optional.of(start), summary.first());
        assertEquals(Optional.of(start.plusSeconds(120)), summary.last());
        var of = summary.queues().stream()
                .filter(one -> one.queue().equals(printers.value()))
                .findFirst()
                .orElseThrow();
        // Four in 200 s; they have waited 10 + 30 + 80 + 0 s, and two went.
        assertEquals(72, of.perHour().orElseThrow(), 1e-9);
        assertEquals(100, of.handlingSeconds().orElseThrow(), 1e-9);
        assertEquals(60, of.patienceSeconds().orElseThrow(), 1e-9);
        assertEquals(
                List.of(new Setup.Shift(start, start.plusSeconds(200))),
                recorded.shifts(SITE, start, start.plusSeconds(200)).get(new AgentId("anna")));
    }

    /** Nobody in addition is there for repairs; who is forgotten stays with the printers. */
    @Test
    public void rulesRouteAnewWhoCanStillBeRead() {
        history();
        var scene = scene(scenario(
                "Lasers", Optional.of("form.product = \"laser\" -> queue repairs, priority 2"), Optional.empty()));
        var recording = recording(List.of(scene));
        var arrivals = new ArrayList<Arrival>();
        recording.arrivals(scene).forEachRemaining(arrivals::add);
        assertEquals(
                List.of(repairs, printers, repairs, printers),
                arrivals.stream()
                        .map(one -> ((Target.Queue) one.target()).queue())
                        .toList());
        assertEquals(2, arrivals.get(0).priority());
        assertEquals(2, recording.rerouted(scene));
        assertEquals(1, recording.unknown(scene));
    }

    /** The same on both: live rules send French to repairs, the text sends lasers there. */
    @Test
    public void theDifferenceOfRulesOnWhatWasAskedFor() {
        history();
        var diffs = new RulesDiff(whatIf, recorded, facts);
        office.desk.draft(office.by(), "language = \"fr\" -> queue repairs", Optional.empty());
        office.desk.publish(office.by(), "", Optional.empty());
        var end = start.plusSeconds(200);
        assertThrows(RoutingFault.class, () -> diffs.diff(SITE, start, end, Optional.empty()));
        office.desk.draft(office.by(), "form.product = \"laser\" -> queue repairs", Optional.empty());
        var diff = diffs.diff(SITE, start, end, Optional.empty());
        assertEquals(4, diff.items());
        assertEquals(3, diff.judged());
        assertEquals(1, diff.unknown());
        assertEquals(1, diff.changed());
        assertEquals(
                List.of(new RulesDiff.Move(Optional.of(repairs.value()), Optional.of(printers.value()), 1)),
                diff.moves());
        var example = diff.examples().get(0);
        assertEquals(start.plusSeconds(20), example.at());
        assertEquals(Optional.of(1), example.live().rule());
        assertEquals(Optional.empty(), example.draft().rule());
        var other = diffs.diff(SITE, start, end, Optional.of("language = \"fr\" -> queue repairs, priority 3"));
        assertEquals(3, other.changed());
        assertEquals(List.of(), other.moves());
        var wrong = assertThrows(RoutingFault.class, () -> diffs.diff(SITE, start, end, Optional.of("queue nowhere")));
        assertTrue(wrong.field().orElseThrow().startsWith("text[1:"));
    }

    /**
     * As it was Anna has the first at 0 s until 100, the second goes, the third has her at 120. With one more the second has
     * somebody at once, too, and so has the last, who otherwise goes at once.
     */
    @Test
    public void scenariosSideBySide() throws Exception {
        history();
        var more = scenario(
                "One more",
                Optional.empty(),
                Optional.of(List.of(new Request.More(printers.toString(), 1, Optional.empty()))));
        var begun = simulations.begin(
                SITE,
                UUID.randomUUID(),
                "root",
                request(scenario("As it is", Optional.empty(), Optional.empty()), more));
        assertTrue(over.await(60, TimeUnit.SECONDS));
        var view = simulations.find(SITE, begun.id()).orElseThrow();
        assertEquals(view.problem().toString(), SimulationView.State.DONE, view.state());
        assertEquals(Optional.of(4L), view.items());
        var asItIs = view.scenarios().get(0).totals();
        var better = view.scenarios().get(1).totals();
        assertEquals(List.of(4L, 2L, 2L), List.of(asItIs.arrived(), asItIs.answered(), asItIs.abandoned()));
        assertEquals(List.of(4L, 0L), List.of(better.answered(), better.abandoned()));
        assertEquals(180 / 200.0, asItIs.occupancy().orElseThrow(), 1e-9);
        assertEquals(List.of(), simulations.all(SITE).get(0).scenarios());
        assertTrue(simulations.find(new SiteId("other"), begun.id()).isEmpty());
        assertFalse(simulations.end(new SiteId("other"), begun.id()));
        assertTrue(simulations.end(SITE, begun.id()));
        assertEquals(List.of(), simulations.all(SITE));
    }

    @Test
    public void whatIsWrongIsToldWithItsField() {
        wrong("scenarios[0].queues." + printers + ".offerSeconds", changes(Map.of("offerSeconds", 1)));
        wrong("scenarios[0].queues." + printers + ".nonsense", changes(Map.of("nonsense", 1)));
        wrong("scenarios[0].queues." + printers + ".strategy", changes(Map.of("strategy", "NONE")));
        wrong(
                "scenarios[0].queues." + printers + ".overflow.queue",
                changes(Map.of("overflow", Map.of("queue", "printers", "afterSeconds", 5))));
        wrong("scenarios[0].name", scenario(" ", Optional.empty(), Optional.empty()));
        wrong("scenarios[0].rulesText[1:1]", scenario("x", Optional.of("?"), Optional.empty()));
        wrong(
                "scenarios[0].more[0].queue",
                scenario("x", Optional.empty(), Optional.of(List.of(new Request.More("x", 1, Optional.empty())))));
        wrong(
                "scenarios[0].more[0].agents",
                scenario(
                        "x",
                        Optional.empty(),
                        Optional.of(List.of(new Request.More(printers.toString(), 0, Optional.empty())))));
        wrong("scenarios", request());
        var generated = madeUp(1_000_000_000.0, 1);
        wrong("traffic.queues[0].perHour", generated);
        wrong("traffic.queues", madeUp(1_999_999.0, 10));
        wrong("traffic.to", madeUp(1, 63 * 24));
    }

    private Request madeUp(double perHour, int hours) {
        return new Request(
                new Request.Traffic(
                        Request.Kind.GENERATED,
                        start,
                        start.plus(Duration.ofHours(hours)),
                        Optional.empty(),
                        Optional.of(List.of(new Request.OfQueue(printers.toString(), perHour, 10, Optional.of(30.0)))),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(scenario("As it is", Optional.empty(), Optional.empty())));
    }

    private Request.Scenario changes(Map<String, Object> changes) {
        return new Request.Scenario(
                "x",
                Optional.empty(),
                Optional.empty(),
                Optional.of(Map.of(printers.toString(), changes)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void wrong(String field, Request.Scenario scenario) {
        wrong(field, request(scenario));
    }

    private void wrong(String field, Request request) {
        var fault = assertThrows(
                field, RoutingFault.class, () -> simulations.begin(SITE, UUID.randomUUID(), "root", request));
        assertEquals(Optional.of(field), fault.field());
    }

    /** Of 1,999,999 that would come one of the first scenario's looks ends it; what waits behind it is not begun. */
    @Test
    public void endsWhenItIsTold() throws Exception {
        var begun = simulations.begin(SITE, UUID.randomUUID(), "root", madeUp(1_900_000, 1));
        var next = simulations.begin(SITE, UUID.randomUUID(), "root", madeUp(1_900_000, 1));
        assertEquals(
                next.id(),
                simulations.begin(SITE, next.id(), "root", madeUp(1, 1)).id());
        simulations.begin(SITE, UUID.randomUUID(), "root", madeUp(100, 1));
        simulations.begin(SITE, UUID.randomUUID(), "root", madeUp(100, 1));
        var tooMany = assertThrows(
                RoutingFault.class, () -> simulations.begin(SITE, UUID.randomUUID(), "root", madeUp(1, 1)));
        assertEquals("too-many-simulations", tooMany.refusal().code());
        simulations.end(SITE, next.id());
        simulations.end(SITE, begun.id());
        assertTrue(over.await(120, TimeUnit.SECONDS));
        assertEquals(
                List.of("DONE", "DONE", "CANCELLED", "CANCELLED"),
                simulations.all(SITE).stream().map(one -> one.state().name()).toList());
        assertEquals(List.of(), simulations.find(SITE, begun.id()).orElseThrow().scenarios());
    }

    @Test
    public void whatIsAskedForTwiceAtOnceRunsOnce() throws Exception {
        for (int times = 0; times < 20; times++) {
            var id = UUID.randomUUID();
            var together = new CyclicBarrier(2);
            var askers = Executors.newFixedThreadPool(2);
            var answers = Stream.of("one", "other")
                    .map(by -> askers.submit(() -> {
                        together.await();
                        return simulations.begin(SITE, id, by, madeUp(1, 1)).by();
                    }))
                    .toList();
            assertEquals(answers.get(0).get(), answers.get(1).get());
            askers.shutdown();
            simulations.end(SITE, id);
        }
    }
}
