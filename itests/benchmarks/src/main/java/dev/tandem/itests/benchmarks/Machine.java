package dev.tandem.itests.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** When and on what the figures were taken, without which they mean nothing. */
final class Machine {
    private Machine() {}

    static void print() {
        System.out.printf(
                "%s, %s, %d cores, %s RAM, %s, JDK %s%n",
                ZonedDateTime.now(Clock.system(ZoneOffset.UTC))
                        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")),
                line("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                gigabytes(line("/proc/meminfo", "MemTotal")),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.version"));
    }

    private static String line(String file, String key) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(l -> l.startsWith(key))
                    .findFirst()
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String gigabytes(String kilobytes) {
        return kilobytes.matches("\\d+ kB")
                ? Math.round(Long.parseLong(kilobytes.replace(" kB", "")) / 1_048_576.0) + " GB"
                : kilobytes;
    }
}
