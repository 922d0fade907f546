package dev.tandem.webacd.internal.metrics;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.Test;

import dev.tandem.webacd.internal.metrics.Report.Row;
import dev.tandem.webacd.internal.metrics.Report.Series;

public class CsvTest {
    @Test
    public void whatASpreadsheetWouldRunIsText() {
        assertEquals("'=1+1", Csv.text("=1+1"));
        assertEquals("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"", Csv.text("=HYPERLINK(\"http://x\",\"y\")"));
        assertEquals("'+1", Csv.text("+1"));
        assertEquals("'-1", Csv.text("-1"));
        assertEquals("'@SUM(A1)", Csv.text("@SUM(A1)"));
        assertEquals("\"'\t=1\"", "\"" + Csv.text("\t=1").replace("\"", "") + "\"");
        assertTrue("behind spaces too", Csv.text("  =1").contains("'"));
        assertEquals("Printers - Paris", Csv.text("Printers - Paris"));
    }

    @Test
    public void separatorsQuotesAndLinesAreQuoted() {
        assertEquals("\"a,b\"", Csv.text("a,b"));
        assertEquals("\"a;b\"", Csv.text("a;b"));
        assertEquals("\"a\"\"b\"", Csv.text("a\"b"));
        assertEquals("\"a\r\nb\"", Csv.text("a\r\nb"));
    }

    @Test
    public void aLineForEachIntervalWithNothingWhereThereIsNoNumber() {
        var from = Instant.parse("2026-03-02T09:00:00Z");
        var empty = new Buckets(List.of(from, from.plusSeconds(900)), Duration.ofSeconds(20));
        var series = new Series(
                Optional.empty(), Optional.of("=cmd"), Row.of(empty.total()), List.of(Row.of(empty.total())));
        var lines = Csv.of(Stream.of(series)).split("\r\n");
        assertEquals(2, lines.length);
        assertEquals("'=cmd,2026-03-02T09:00:00Z,2026-03-02T09:15:00Z,0,0,0,0,0,0,0,0,,,,,,", lines[1]);
        assertEquals(lines[0].split(",", -1).length, lines[1].split(",", -1).length);
    }
}
