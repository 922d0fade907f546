package dev.tandem.itests.benchmarks.screen;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import dev.tandem.itests.harness.Browsers;

/**
 * A screen of 1920x1080 from browser to browser, next to TigerVNC with noVNC: how long a change takes to the viewer's
 * canvas, how many pictures come, what they cost, how sharp the picture is when it has settled.
 */
public final class ScreenBenchmark {
    /** {@code -Dtandem.screen.alone=true} leaves the peer out, {@code -Dtandem.screen.seconds=5} is quicker. */
    private static final int STEPS_PER_SECOND = 60;

    private static final long WARM_UP = 4_000;
    private static final long MEASURED = Long.getLong("tandem.screen.seconds", 20) * 1_000;
    private static final long CRISP = 1_000;
    private static final long SETTLED = 4_000;

    private final Path distribution;
    private final Path work;
    private final Random random = new Random(20261121);

    public ScreenBenchmark(Path distribution, Path work) {
        this.distribution = distribution;
        this.work = work;
    }

    public void print() throws IOException {
        Files.createDirectories(work);
        System.out.println("A screen of 1920x1080 in a browser; text scrolls " + STEPS_PER_SECOND
                + " steps a second; delay from the change to the viewer's canvas; cores: all the machine did, of "
                + Runtime.getRuntime().availableProcessors());
        System.out.println("| line | | screen | delay, ms: median | 95 % | pictures/s | kbit/s | cores |");
        System.out.println("|---|---|---|---:|---:|---:|---:|---:|");
        var sharpness = new ArrayList<String>();
        try (var browsers = new Browsers(
                        new Browsers.Size(Wall.WIDTH + 100, Wall.HEIGHT + 220),
                        new Browsers.Size(Wall.WIDTH, Wall.HEIGHT));
                var wall = new WallProcess(browsers.customersDisplay(), work)) {
            alone(wall);
            if (!Boolean.getBoolean("tandem.screen.alone")) {
                VncPeer.start(browsers).ifPresent(peer -> both(peer, wall, sharpness));
            }
            both(new Tandem(distribution, work, browsers), wall, sharpness);
        }
        System.out.println();
        System.out.println("| line | | PSNR 1 s after the scrolling, dB | settled, dB | kbit/s when nothing changes |");
        System.out.println("|---|---|---:|---:|---:|");
        sharpness.forEach(System.out::println);
    }

    /** What the shared screen costs by itself. */
    private void alone(WallProcess wall) {
        wall.scroll(STEPS_PER_SECOND);
        pass(WARM_UP);
        double before = busy();
        long began = System.nanoTime();
        pass(WARM_UP);
        System.out.printf(Locale.ROOT, "| - | nobody looks | scrolls | | | | | %.2f |%n", busy(before, began));
        wall.scroll(0);
    }

    private void both(Product product, WallProcess wall, List<String> sharpness) {
        try (product) {
            for (var line : List.of(MeteredLine.BARE, MeteredLine.THIN)) {
                try (var view = product.open(line)) {
                    wall.front();
                    var eye = new Eye(view.page());
                    var where = "| " + line.name() + " | " + product.name() + " | ";
                    System.out.println(where + "still" + measure(view, eye, wall));
                    wall.scroll(STEPS_PER_SECOND);
                    pass(WARM_UP);
                    System.out.println(where + "scrolls" + measure(view, eye, wall));
                    wall.scroll(0);
                    sharpness.add(where.stripTrailing() + settle(view, eye, wall));
                }
            }
        }
    }

    /** Changes at random times, so that they fall anywhere between two pictures. */
    private String measure(Product.View view, Eye eye, WallProcess wall) {
        pass(WARM_UP);
        var marks = new ArrayList<WallProcess.Mark>();
        eye.blink();
        long bytes = view.bytes();
        double before = busy();
        long began = System.nanoTime();
        while (since(began) < MEASURED) {
            marks.add(wall.mark());
            pass(250 + random.nextInt(200));
        }
        double passed = since(began) / 1000.0;
        double cores = busy(before, began);
        long carried = view.bytes() - bytes;
        double pictures = eye.steps() / passed;
        pass(SETTLED / 2);
        var delays = eye.delays(marks).stream().sorted().toList();
        if (delays.isEmpty()) {
            return " | none of " + marks.size() + " changes was seen | | | | |";
        }
        return String.format(
                Locale.ROOT,
                " | %.0f | %.0f | %s | %,.0f | %.2f |",
                delays.get(delays.size() / 2),
                delays.get((int) (delays.size() * 0.95)),
                pictures < 1 ? "-" : String.format(Locale.ROOT, "%.1f", pictures),
                carried * 8 / 1000.0 / passed,
                cores);
    }

    private String settle(Product.View view, Eye eye, WallProcess wall) {
        pass(CRISP);
        var soon = eye.picture();
        pass(SETTLED);
        var settled = eye.picture();
        var truth = wall.shot();
        keep(truth, "truth");
        keep(settled, "settled");
        long bytes = view.bytes();
        long began = System.nanoTime();
        pass(SETTLED);
        double silence = (view.bytes() - bytes) * 8.0 / since(began);
        return String.format(
                Locale.ROOT, " %.1f | %.1f | %.0f |", Psnr.of(truth, soon), Psnr.of(truth, settled), silence);
    }

    /** To be looked at when a figure is a riddle. */
    private void keep(BufferedImage picture, String name) {
        try {
            ImageIO.write(
                    picture, "png", work.resolve("screen-" + name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pass(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private static long since(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /** Cores that were busy on average since then. */
    private static double busy(double before, long began) {
        return (busy() - before) / (since(began) / 1000.0);
    }

    /** Seconds that the cores of this machine have worked since it started. */
    private static double busy() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            var ticks = lines.findFirst().orElseThrow().trim().split("\\s+");
            long sum = 0;
            for (int column : new int[] {1, 2, 3, 6, 7}) {
                sum += Long.parseLong(ticks[column]);
            }
            return sum / 100.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
