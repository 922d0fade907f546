package dev.tandem.webacd.internal.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tandem.webacd.internal.metrics.Report.Row;
import dev.tandem.webacd.internal.metrics.Report.Series;

/**
 * Tables as RFC 4180 has them, for spreadsheets: rates from 0 to 1, times in seconds, a point before the decimals. Text that a
 * spreadsheet would take for a formula gets an apostrophe before it.
 */
public final class Csv {
    private static final String FORMULA = "=+-@\t\r\n|%";
    private static final String HEAD =
            "queue,from,to,entered,transfers,answered,answered in time,abandoned,expired,moved on,"
                    + "finished,service level,speed of answer (s),longest wait (s),handle time (s),abandon rate,occupancy";

    private Csv() {}

    /** A line for each interval of each of these. */
    public static String of(Stream<Series> series) {
        return Stream.concat(Stream.of(HEAD), series.flatMap(one -> one.intervals().stream()
                        .map(row -> line(one.name(), row))))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String line(Optional<String> queue, Row row) {
        return Stream.of(
                        Stream.of(
                                text(queue.orElse("")),
                                row.from().toString(),
                                row.to().toString()),
                        Stream.of(
                                        row.entered(),
                                        row.transfers(),
                                        row.answered(),
                                        row.inTime(),
                                        row.abandoned(),
                                        row.expired(),
                                        row.moved(),
                                        row.handled())
                                .map(String::valueOf),
                        Stream.of(
                                        row.serviceLevel(),
                                        row.speedOfAnswer(),
                                        row.longestWait(),
                                        row.handleTime(),
                                        row.abandonRate(),
                                        row.occupancy())
                                .map(Csv::number))
                .flatMap(one -> one)
                .collect(Collectors.joining(","));
    }

    private static String number(Optional<Double> value) {
        return value.map(one -> String.format(Locale.ROOT, "%.4f", one)).orElse("");
    }

    /** A cell of that text. */
    static String text(String text) {
        var start = text.stripLeading();
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0
                || !start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0;
        var safe = formula ? "'" + text : text;
        boolean quoted =
                Arrays.stream(new String[] {",", "\"", "\r", "\n", ";"}).anyMatch(safe::contains)
                        || !safe.equals(safe.strip());
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
