package dev.tandem.itests.faults;

import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/**
 * Nothing acknowledged is lost and nothing is there twice, whatever breaks. {@code -Dfaults.seconds}, {@code -Dfaults.seed}
 * and {@code -Dfaults.kinds=KILLED_NODE,FULL_DISK} say how long, which schedule and which faults.
 */
public class FaultsIT {
    private static final String SITE = "faults";
    private static final int DESKS = 4;
    private static final long GRACE_SECONDS = 10;
    private static final long UNUSED_SECONDS = 20;
    /** How long clients insist once all is mended. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

    private static final Duration LONGEST_PAGE = Duration.ofSeconds(45);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private List<Fault> kinds;
    private Lab lab;

    @Before
    public void start() {
        var work = Path.of(System.getProperty("tandem.work"));
        var rights = Rights.probe(work);
        kinds = kinds(rights);
        lab = Lab.make(Path.of(System.getProperty("tandem.distribution")), work.resolve("faults"), rights, kinds);
        lab.cluster()
                .configure(
                        "dev.tandem.session.cfg",
                        Map.of("grace", Long.toString(GRACE_SECONDS), "unused", Long.toString(UNUSED_SECONDS)));
        lab.start();
    }

    @After
    public void stop() {
        threads.shutdownNow();
        lab.close();
    }

    @Test
    public void BX1_nothingAcknowledgedIsLostWhateverBreaks() throws Exception {
        long seed = property("faults.seed").map(Long::parseLong).orElseGet(() -> ThreadLocalRandom.current()
                .nextLong(1_000_000));
        System.out.println("faults: seed " + seed + ", " + kinds);
        var history = new History();
        try {
            run(seed, history);
        } catch (Throwable e) {
            var file = Path.of(System.getProperty("tandem.work")).resolve("faults-" + seed + ".jsonl");
            history.write(file);
            System.out.println("faults: the history is in " + file);
            throw e;
        }
    }

    private void run(long seed, History history) throws Exception {
        var giveUp = new AtomicLong(Long.MAX_VALUE);
        var nodes = new LinkedHashMap<String, URI>();
        lab.nodes().forEach(node -> nodes.put(node, lab.node(node).uri()));
        var world = new Client.World(history, Map.copyOf(nodes), new AtomicLong(), giveUp::get);
        var random = new Random(seed);
        var open = new AtomicBoolean(true);

        var signIns = agents();
        var administrator = Desk.basic(signIns.get(0));
        var routed = new Routed(lab, SITE, administrator, signIns.subList(1 + DESKS, signIns.size()));
        routed.configure();
        new Calm(lab, SITE, administrator, routed, world, threads).run();
        var desks = new ArrayList<Desk>();
        for (var signIn : signIns.subList(1, 1 + DESKS)) {
            desks.add(new Desk(world, SITE, signIn, new Random(random.nextLong()), threads, open::get));
        }
        var working = new ArrayList<Future<?>>();
        desks.forEach(desk -> working.add(threads.submit(desk)));
        working.addAll(routed.begin(world, random, threads, open::get));
        var setter = new Client(world, "administrator", administrator, new Random(random.nextLong()));
        working.add(threads.submit(() -> set(setter, open)));

        long begun = System.nanoTime();
        long seconds = Long.parseLong(property("faults.seconds").orElse("60"));
        var nemesis = new Nemesis(lab, SITE, kinds, random.nextLong());
        nemesis.run(begun + TimeUnit.SECONDS.toNanos(seconds));
        // They work on meanwhile: it must go on by itself once all is mended.
        nemesis.heal();
        long ended = System.nanoTime();
        open.set(false);
        giveUp.set(System.nanoTime() + LONGEST_ANSWER.toNanos());
        var undone = routed.end();
        for (var one : working) {
            one.get(LONGEST_ANSWER.toSeconds() + 30, TimeUnit.SECONDS);
        }
        System.out.println(Verdict.table(history.attempts(), nemesis.strikes(), begun, ended));
        var pages = desks.stream().flatMap(desk -> desk.pages().stream()).toList();
        awaitPages(pages);

        var collector = new Collector(lab, SITE);
        var readers = new HashMap<String, String>();
        desks.forEach(desk -> desk.sessions()
                .forEach(session -> readers.put(session, desk.agent().authorization())));
        var found = collector.collect(readers, administrator, pages);
        var checks = new Checks(history.operations(), found).all(SITE, GRACE_SECONDS * 1_000, UNUSED_SECONDS * 1_000);
        var routing = new RoutingChecks(history.operations(), found, routed.capacities());
        checks.putAll(routing.all(routed.everybody()));
        checks.put("all work is done in the end", undone.stream().toList());
        var gaps = routing.gaps(nemesis.strikes());
        gaps.forEach(gap -> System.out.println("faults: " + gap));
        checks.put(
                "routing goes on within 10 s",
                gaps.stream()
                        .filter(RoutingChecks.Gap::tooLong)
                        .map(Object::toString)
                        .toList());
        System.out.println("faults: " + routing.tally());
        var verdict = "faults: seed " + seed + ", " + history.operations().size() + " operations in "
                + history.attempts().size() + " attempts, " + found.events().size() + " events, "
                + readers.size() + " sessions\n" + Verdict.checks(checks);
        System.out.println(verdict);
        assertTrue(verdict, checks.values().stream().allMatch(List::isEmpty));
        assertTrue("hardly anything was done", history.operations().size() > seconds);
    }

    private static java.util.Optional<String> property(String name) {
        return java.util.Optional.ofNullable(System.getProperty(name)).filter(text -> !text.isBlank());
    }

    private static List<Fault> kinds(Rights rights) {
        return property("faults.kinds")
                .map(text -> Arrays.stream(text.split(",")).map(Fault::valueOf).toList())
                .orElse(List.of(Fault.values()))
                .stream()
                .filter(rights::allow)
                .toList();
    }

    /** The first one is an administrator. */
    private List<Karaf.SignIn> agents() {
        var names = List.of(
                "Ada Admin", "Anna Bell", "Ben Cole", "Cleo Dale", "Dora Eng", "Eve Ford", "Finn Gold", "Gil Hart");
        var made = lab.api("a")
                .as(lab.cluster().administrator())
                .post(
                        "/platform/sites",
                        Map.of(
                                "site",
                                SITE,
                                "agents",
                                names.subList(0, 1 + DESKS + Routed.people()),
                                "administrators",
                                List.of(names.get(0))))
                .ok();
        var signIns = new ArrayList<Karaf.SignIn>();
        made.get("agents")
                .forEach(agent -> signIns.add(new Karaf.SignIn(
                        agent.get("user").asText(), agent.get("password").asText())));
        return signIns;
    }

    /** One setting, over and over. */
    private static void set(Client setter, AtomicBoolean open) {
        for (int n = 0; open.get(); n++) {
            var value = Integer.toString(1 + n % 50);
            setter.run(Desk.plain(
                    Attempt.What.SET,
                    "session.closing",
                    value,
                    "PUT",
                    "/settings/session.closing",
                    Map.of("value", value)));
            setter.pause(400);
        }
    }

    /** Pages whose end is known reach it; what they lack otherwise is for the checks. */
    private static void awaitPages(List<LivePage> pages) {
        try {
            Await.until("every page to be told everything", LONGEST_PAGE, () -> pages.stream()
                    .allMatch(LivePage::done));
        } catch (AssertionError late) {
            pages.forEach(LivePage::close);
        }
    }
}
