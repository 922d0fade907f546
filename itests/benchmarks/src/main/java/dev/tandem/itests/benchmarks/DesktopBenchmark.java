package dev.tandem.itests.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;

import dev.tandem.itests.harness.Browsers;
import dev.tandem.itests.harness.Karaf;

/** From navigation to the agent's interactions standing on the desktop, in Chromium on the same machine. */
final class DesktopBenchmark {
    private static final int RUNS = 7;

    private final Path distribution;
    private final Path work;

    DesktopBenchmark(Path distribution, Path work) {
        this.distribution = distribution;
        this.work = work;
    }

    void print() {
        var cold = new Sample();
        var warm = new Sample();
        var requests = new Sample();
        try (var karaf = Karaf.unpack(distribution, work.resolve("desktop")).start();
                var browsers = new Browsers()) {
            var agent = karaf.administrator();
            var api = karaf.api().as(agent);
            api.put("/platform/presence", Map.of("status", "AVAILABLE")).ok();
            api.post("/platform/simulate", Map.of("kind", "CALL", "customer", "Marie Dupont"))
                    .ok();
            var signedIn = signIn(karaf, browsers);
            for (int run = 0; run < RUNS + 1; run++) {
                try (var context = browsers.agents()
                        .newContext(new Browser.NewContextOptions()
                                .setStorageState(signedIn)
                                .setViewportSize(1440, 800))) {
                    var page = context.newPage();
                    var count = new AtomicInteger();
                    page.onRequest(request -> count.incrementAndGet());
                    double first = seconds(page, () -> page.navigate(karaf.uri() + "/desktop"));
                    int asked = count.get();
                    seconds(page, page::reload);
                    double second = seconds(page, page::reload);
                    if (run > 0) { // the first warms the server, not the browser
                        cold.add(first);
                        requests.add(asked);
                        warm.add(second);
                    }
                }
            }
        }
        System.out.println("Agent desktop in Chromium, " + RUNS + " runs, a new browser profile each");
        System.out.println("| | median | least | most | aim |");
        System.out.println("|---|---|---|---|---|");
        System.out.println("| cold, s | " + cold.cells("%.2f") + " | 1.5 |");
        System.out.println("| warm, s | " + warm.cells("%.2f") + " | 0.5 |");
        System.out.println("| requests, cold | " + requests.cells("%.0f") + " | |");
    }

    /** Cookies and storage of an agent who has signed in; a new profile with them has an empty cache all the same. */
    private static String signIn(Karaf karaf, Browsers browsers) {
        var agent = karaf.administrator();
        try (var context = browsers.agents().newContext()) {
            var page = context.newPage();
            page.navigate(karaf.uri() + "/desktop");
            page.getByLabel("User name").fill(agent.user());
            page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                    .fill(agent.password());
            page.keyboard().press("Enter");
            page.getByText("Marie Dupont").first().waitFor();
            return context.storageState();
        }
    }

    private static double seconds(Page page, Runnable load) {
        long start = System.nanoTime();
        load.run();
        page.getByText("Marie Dupont").first().waitFor();
        return (System.nanoTime() - start) / 1e9;
    }
}
