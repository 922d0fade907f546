package dev.tandem.itests.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Some measurements of the same thing. */
final class Sample {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    private double median() {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Cells of a table: median, least, most. */
    String cells(String format) {
        return String.format(
                Locale.ROOT,
                format + " | " + format + " | " + format,
                median(),
                Collections.min(values),
                Collections.max(values));
    }
}
