package dev.tandem.itests.benchmarks.relay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.benchmarks.screen.Footage;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Browsers;
import dev.tandem.itests.harness.Karaf;

/**
 * One shared screen of 1920x1080, VP8 as a browser has encoded it, to 1, 5 and 20 viewers: how long a frame takes from
 * the sender to a viewer, what it costs the server, and what a recording adds where there is one.
 */
public final class FanOutBenchmark {
    private static final int ROUNDS = Integer.getInteger("tandem.fanout.rounds", 3);
    private static final int SECONDS = Integer.getInteger("tandem.fanout.seconds", 15);
    private static final int WARM_UP_SECONDS = Integer.getInteger("tandem.fanout.warmUp", 5);
    private static final List<Integer> VIEWERS = List.of(1, 5, 20);

    private final Path distribution;
    private final Path work;

    public FanOutBenchmark(Path distribution, Path work) {
        this.distribution = distribution;
        this.work = work;
    }

    /** One number of viewers, over all rounds. */
    private record Row(
            List<Double> p50,
            List<Double> p99,
            List<Double> relayCores,
            List<Double> loadCores,
            List<Double> memory,
            List<Double> share) {
        Row() {
            this(
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }

    private interface Part {
        void print(TandemRelay tandem, Footage footage) throws Exception;
    }

    /** All of it. The browser comes last: when its page has gone, its agent is waited for and then the session ends. */
    public void print() throws Exception {
        print((tandem, footage) -> {
            double alone = viewers(tandem, footage);
            recording(tandem, footage);
            browser(tandem, footage, alone);
        });
    }

    /** Only what a recording adds. */
    public void printRecording() throws Exception {
        print((tandem, footage) -> {
            run(tandem, footage, 1, new Row());
            recording(tandem, footage);
        });
    }

    private void print(Part part) throws Exception {
        var karaf = Karaf.unpack(distribution, work.resolve("fanout")).start();
        var footage = Footage.of(work.resolve("footage-1080p.vp8"), karaf.uri());
        try (var tandem = new TandemRelay(karaf)) {
            System.out.printf(
                    Locale.ROOT,
                    "One share of 1920x1080, text that scrolls, VP8 as a browser encodes it, %.1f pictures/s, %,.0f kbit/s; %d rounds of %d s, medians; "
                            + "cores: of the server's process and of the load's two threads%n",
                    footage.frames().size() * 1e6 / footage.micros(),
                    footage.bytes() * 8e3 / footage.micros(),
                    ROUNDS,
                    SECONDS);
            part.print(tandem, footage);
        }
    }

    /** @return the server's cores with one viewer */
    private static double viewers(TandemRelay tandem, Footage footage) throws Exception {
        run(tandem, footage, 20, new Row());
        var rows = new TreeMap<Integer, Row>();
        VIEWERS.forEach(viewers -> rows.put(viewers, new Row()));
        // In turns, so that what else the machine does meets all.
        for (int round = 0; round < ROUNDS; round++) {
            for (var row : rows.entrySet()) {
                run(tandem, footage, row.getKey(), row.getValue());
            }
        }
        System.out.println(
                "| viewers | median, ms | 99 %, ms | frames that came | cores: server | of these each more viewer | load | memory, MB |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|");
        double alone = median(rows.get(1).relayCores());
        rows.forEach((viewers, row) -> line(Integer.toString(viewers), viewers, row, alone));
        double one = median(rows.get(1).p50());
        double all = median(rows.get(20).p50());
        System.out.printf(
                Locale.ROOT,
                "%nMedian at 20 viewers: %.2f ms more than at 1, %.0f %% of it; the way through the server only, without"
                        + " capture, encoder, decoder and canvas%n",
                all - one,
                100 * all / one);
        return alone;
    }

    private static void line(String label, int viewers, Row row, double alone) {
        double cores = median(row.relayCores());
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.1f %% | %.3f | %s | %.2f | %.0f |%n",
                label,
                median(row.p50()),
                median(row.p99()),
                100 * median(row.share()),
                cores,
                viewers > 1 ? String.format(Locale.ROOT, "%.4f", (cores - alone) / (viewers - 1)) : "",
                median(row.loadCores()),
                median(row.memory()));
    }

    private static void run(TandemRelay tandem, Footage footage, int viewers, Row row) throws Exception {
        try (var replay = new Replay(tandem, footage, viewers)) {
            replay.pause(WARM_UP_SECONDS);
            measure(tandem, replay, row);
        }
    }

    private static void measure(TandemRelay tandem, Replay replay, Row row) throws Exception {
        double before = tandem.cpuSeconds();
        long began = System.nanoTime();
        var outcome = replay.measure(SECONDS);
        row.relayCores().add((tandem.cpuSeconds() - before) / ((System.nanoTime() - began) / 1e9));
        row.p50().add(outcome.p50());
        row.p99().add(outcome.p99());
        row.loadCores().add(outcome.generatorCores());
        row.share().add((double) outcome.received() / outcome.expected());
        row.memory().add((double) tandem.karaf().residentMegabytes());
    }

    /** The last of 20 is an agent's page, which decodes and draws. */
    private void browser(TandemRelay tandem, Footage footage, double alone) throws Exception {
        var row = new Row();
        try (var browsers = new Browsers(new Browsers.Size(1440, 900), new Browsers.Size(320, 240));
                var replay = new Replay(tandem, footage, 19)) {
            var page = open(browsers, tandem);
            var panel = page.locator("[data-size='1920x1080']");
            panel.waitFor();
            replay.pause(WARM_UP_SECONDS);
            int drawn = Integer.parseInt(panel.getAttribute("data-frames"));
            page.evaluate(
                    """
                    () => {
                      const search = (root) => [...root.querySelectorAll('*')].flatMap((e) =>
                        [...(e.dataset.size ? [e] : []), ...(e.shadowRoot ? search(e.shadowRoot) : [])]);
                      const panel = search(document)[0];
                      window.tandemDelays = [];
                      setInterval(() => panel.dataset.delay && tandemDelays.push(Number(panel.dataset.delay)), 1000);
                    }""");
            measure(tandem, replay, row);
            double pictures = (Integer.parseInt(panel.getAttribute("data-frames")) - drawn) / (double) SECONDS;
            var delays = ((List<?>) page.evaluate("tandemDelays"))
                    .stream().map(d -> ((Number) d).doubleValue()).toList();
            System.out.println();
            line("19 and a browser", 20, row, alone);
            System.out.printf(
                    Locale.ROOT,
                    "%nThat browser draws %.1f pictures/s, %s ms (median) after they were sent%n",
                    pictures,
                    delays.isEmpty() ? "?" : String.format(Locale.ROOT, "%.0f", median(delays)));
        }
    }

    private static Page open(Browsers browsers, TandemRelay tandem) {
        var page = browsers.agents()
                .newContext(new Browser.NewContextOptions().setViewportSize(1440, 810))
                .newPage();
        page.navigate(tandem.karaf().uri() + "/desktop");
        page.getByLabel("User name").fill(tandem.signIn().user());
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(tandem.signIn().password());
        page.keyboard().press("Enter");
        page.getByText(TandemRelay.CUSTOMER).first().click();
        var tab = page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Remote support"))
                .or(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remote support")))
                .or(page.locator("canvas"))
                .first();
        tab.waitFor();
        if (page.locator("canvas").count() == 0) {
            tab.click();
        }
        return page;
    }

    /** The same share to one viewer with and without being recorded, in turns; each round is compared with its own. */
    private static void recording(TandemRelay tandem, Footage footage) throws Exception {
        var bare = new Row();
        var recorded = new Row();
        var more = new ArrayList<Double>();
        var finishing = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            run(tandem, footage, 1, bare);
            try (var replay = new Replay(tandem, footage, 1)) {
                var recording = Recording.start(tandem);
                replay.pause(WARM_UP_SECONDS);
                measure(tandem, replay, recorded);
                finishing.add(recording.stop());
            }
            more.add(recorded.relayCores().get(round) - bare.relayCores().get(round));
        }
        System.out.printf(
                Locale.ROOT,
                "%nA recording of it: %.3f cores more (rounds: %s; %.3f without, %.3f with), median %.2f ms instead of %.2f;"
                        + " finishing the file of %d s: %.2f s of CPU%n",
                median(more),
                more.stream()
                        .map(one -> String.format(Locale.ROOT, "%.3f", one))
                        .collect(Collectors.joining(", ")),
                median(bare.relayCores()),
                median(recorded.relayCores()),
                median(recorded.p50()),
                median(bare.p50()),
                WARM_UP_SECONDS + SECONDS,
                median(finishing));
    }

    /** A recording of the session, which the customer allows. */
    private record Recording(TandemRelay tandem, String id) {
        private static final Duration LONGEST = Duration.ofSeconds(60);

        static Recording start(TandemRelay tandem) {
            var made = tandem.agent()
                    .post("/recordings", Map.of("session", tandem.session()))
                    .ok();
            var recording = new Recording(tandem, made.get("id").asText());
            Await.until("the recording", LONGEST, recording::runs);
            return recording;
        }

        private boolean runs() {
            var session = "/sessions/" + tandem.session();
            for (var asked : tandem.customer().get(session).ok().path("consents")) {
                if (asked.path("state").asText().equals("ASKED")) {
                    tandem.customer()
                            .post(session + "/consents/" + asked.get("id").asText(), Map.of("allow", true));
                }
            }
            return parts("RECORDING", "WRITING");
        }

        private boolean parts(String state, String part) {
            var now = tandem.agent().get("/recordings/" + id).ok();
            if (!now.get("state").asText().equals(state) || now.get("parts").isEmpty()) {
                return false;
            }
            for (var one : now.get("parts")) {
                if (!one.get("state").asText().equals(part)) {
                    return false;
                }
            }
            return true;
        }

        /** @return seconds of CPU that the server took until the file was whole; what else it does meanwhile is in it */
        double stop() {
            double before = tandem.cpuSeconds();
            tandem.agent().post("/recordings/" + id + "/stop", Map.of()).ok();
            Await.until("the file", LONGEST, () -> parts("FINISHED", "DONE"));
            return tandem.cpuSeconds() - before;
        }
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
