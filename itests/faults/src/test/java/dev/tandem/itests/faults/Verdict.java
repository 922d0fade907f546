package dev.tandem.itests.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What came of a run, for people. */
final class Verdict {
    private static final int MOST_SHOWN = 8;

    private Verdict() {}

    /** One line for each kind of fault: what was answered from its begin until the next one. */
    static String table(List<Attempt> attempts, List<Nemesis.Strike> strikes, long begun, long ended) {
        var lines = new ArrayList<String>();
        lines.add("%-20s %5s %12s %12s %8s %8s %8s"
                .formatted("fault", "times", "longest gap", "acknowledged", "refused", "put off", "unknown"));
        var first = strikes.isEmpty() ? ended : strikes.get(0).begun();
        lines.add(line("(none yet)", 1, List.of(new long[] {begun, first}), attempts));
        for (var fault : Fault.values()) {
            var windows = new ArrayList<long[]>();
            for (int i = 0; i < strikes.size(); i++) {
                if (strikes.get(i).fault() == fault) {
                    windows.add(new long[] {
                        strikes.get(i).begun(),
                        i + 1 < strikes.size() ? strikes.get(i + 1).begun() : ended
                    });
                }
            }
            if (!windows.isEmpty()) {
                lines.add(line(fault.name().toLowerCase(java.util.Locale.ROOT), windows.size(), windows, attempts));
            }
        }
        return String.join("\n", lines);
    }

    private static String line(String name, int times, List<long[]> windows, List<Attempt> attempts) {
        long gap = windows.stream().mapToLong(w -> gap(w, attempts)).max().orElse(0);
        Map<Attempt.Outcome, Long> counts = attempts.stream()
                .filter(a -> windows.stream().anyMatch(w -> a.ended() >= w[0] && a.ended() < w[1]))
                .collect(Collectors.groupingBy(Attempt::outcome, Collectors.counting()));
        return "%-20s %5d %10.1f s %12d %8d %8d %8d"
                .formatted(
                        name,
                        times,
                        gap / 1e9,
                        counts.getOrDefault(Attempt.Outcome.ACKNOWLEDGED, 0L),
                        counts.getOrDefault(Attempt.Outcome.REFUSED, 0L),
                        counts.getOrDefault(Attempt.Outcome.PUT_OFF, 0L),
                        counts.getOrDefault(Attempt.Outcome.UNKNOWN, 0L));
    }

    /** The longest time within the window without any acknowledgement. */
    static long gap(long[] window, List<Attempt> attempts) {
        var times = LongStream.concat(
                        LongStream.of(window[0], window[1]),
                        attempts.stream()
                                .filter(a -> a.outcome() == Attempt.Outcome.ACKNOWLEDGED)
                                .mapToLong(Attempt::ended)
                                .filter(t -> t > window[0] && t < window[1]))
                .sorted()
                .toArray();
        long longest = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
        }
        return longest;
    }

    /** Each check with what it found. */
    static String checks(Map<String, List<String>> found) {
        return found.entrySet().stream()
                .flatMap(check -> Stream.concat(
                        Stream.of((check.getValue().isEmpty() ? "  ok  " : " FAIL ") + check.getKey()),
                        shown(check.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> shown(List<String> faults) {
        var rest = faults.size() - MOST_SHOWN;
        return Stream.concat(
                faults.stream().limit(MOST_SHOWN).map(fault -> "        " + fault),
                rest > 0 ? Stream.of("        and " + rest + " more") : Stream.empty());
    }
}
