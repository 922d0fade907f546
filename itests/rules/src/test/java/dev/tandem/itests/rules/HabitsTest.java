package dev.tandem.itests.rules;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.junit.Test;

/** Habits of the house that a reader could forget and a compiler does not know. */
public class HabitsTest {
    private static final int LONG = 500;
    private static final int TOO_LONG = 600;

    private static final Pattern SLEEP =
            Pattern.compile("Thread\\.sleep\\s*\\(|TimeUnit\\.\\w+\\.sleep\\s*\\(|\\bsleep\\(\\d");
    private static final Pattern WALL_CLOCK = Pattern.compile(
            "System\\.currentTimeMillis\\(|(Instant|LocalDate|LocalDateTime|ZonedDateTime|OffsetDateTime)\\.now\\(\\)|new Date\\(\\)");
    private static final Pattern STREAM_KIND = Pattern.compile("implements\\s[^{]*\\bStreamKind<");

    private final House house = new House();

    @Test
    public void noTestSleeps() {
        assertNone(java("/src/test/java/"), SLEEP);
    }

    @Test
    public void timeComesFromTheClock() {
        var sources = house.sources(house.root().resolve("bundles"), in("/src/main/java/")).stream()
                .filter(p -> !p.getFileName().toString().contains("Clock"))
                .toList();
        assertNone(sources, WALL_CLOCK);
    }

    @Test
    public void noStaticFieldCanChange() {
        var faults = new ArrayList<String>();
        for (var bundle : house.bundles()) {
            for (var type : house.classes(bundle)) {
                type.fields().stream()
                        .filter(f -> f.changeableStatic() || f.publicArray())
                        .forEach(f -> faults.add(type.name() + "." + f.name()));
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    public void filesFitAReader() {
        var faults = new ArrayList<String>();
        Predicate<Path> sources = p -> p.toString().matches(".*/src/.*\\.(java|js|css|sql)");
        var all = new ArrayList<Path>();
        for (var folder : List.of("bundles", "itests", "features")) {
            all.addAll(house.sources(house.root().resolve(folder), sources));
        }
        assertFalse("no sources found", all.isEmpty());
        for (var file : all) {
            long lines = House.read(file).lines().count();
            var text = house.root().relativize(file) + ": " + lines + " lines";
            if (lines > TOO_LONG) {
                faults.add(text);
            } else if (lines > LONG) {
                System.out.println("long: " + text);
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    /** That each file holds every name ever stored is the slice's own test; here: that there is one to read. */
    @Test
    public void everyKindOfStreamHasGoldenEvents() {
        var faults = new ArrayList<String>();
        int kinds = 0;
        for (var bundle : house.bundles()) {
            var main = house.sources(
                    bundle.resolve("src/main/java"), p -> p.toString().endsWith(".java"));
            if (main.stream().noneMatch(p -> STREAM_KIND.matcher(House.read(p)).find())) {
                continue;
            }
            kinds++;
            var golden =
                    house.sources(bundle.resolve("src/test"), p -> p.toString().contains("/golden/"));
            if (golden.isEmpty()) {
                faults.add(bundle.getFileName()
                        + " stores events and has no golden files in src/test/resources/**/golden");
            }
        }
        assertEquals("", String.join("\n", faults));
        assertFalse("no kind of stream found: this test sees nothing", kinds == 0);
    }

    private List<Path> java(String where) {
        var all = new ArrayList<Path>();
        all.addAll(house.sources(house.root().resolve("bundles"), in(where)));
        all.addAll(house.sources(house.root().resolve("itests"), in(where)));
        assertFalse("no sources found", all.isEmpty());
        return all;
    }

    private static Predicate<Path> in(String where) {
        return p -> p.toString().contains(where) && p.toString().endsWith(".java");
    }

    private void assertNone(List<Path> files, Pattern pattern) {
        var faults = new ArrayList<String>();
        for (var file : files) {
            if (file.getFileName().toString().equals("HabitsTest.java")) {
                continue;
            }
            var lines = House.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()
                        && !lines.get(i).strip().matches("(//|\\*).*")) {
                    faults.add(house.root().relativize(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }
}
