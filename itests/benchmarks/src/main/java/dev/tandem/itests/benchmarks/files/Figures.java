package dev.tandem.itests.benchmarks.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured, several times the same, by rows and columns. */
final class Figures {
    private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();

    void add(String row, String column, double value) {
        rows.computeIfAbsent(row, r -> new LinkedHashMap<>())
                .computeIfAbsent(column, c -> new ArrayList<>())
                .add(value);
    }

    List<String> rows() {
        return List.copyOf(rows.keySet());
    }

    Optional<Double> median(String row, String column) {
        var sorted = values(row, column).stream().sorted().toList();
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        int half = sorted.size() / 2;
        return Optional.of(sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2);
    }

    /** The median, and from where to where. */
    String cell(String row, String column, String format) {
        var values = values(row, column);
        return median(row, column)
                .map(median -> say(format, median) + " ("
                        + say(format, values.stream().mapToDouble(v -> v).min().orElseThrow()) + "–"
                        + say(format, values.stream().mapToDouble(v -> v).max().orElseThrow()) + ")")
                .orElse("");
    }

    String median(String row, String column, String format) {
        return median(row, column).map(median -> say(format, median)).orElse("");
    }

    String most(String row, String column, String format) {
        return values(row, column).stream()
                .max(Double::compare)
                .map(most -> say(format, most))
                .orElse("");
    }

    private List<Double> values(String row, String column) {
        return rows.getOrDefault(row, Map.of()).getOrDefault(column, List.of());
    }

    static String say(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
