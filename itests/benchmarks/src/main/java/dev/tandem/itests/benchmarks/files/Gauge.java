package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** CPU time and memory of a server's processes, as the kernel counts them. */
final class Gauge {
    private static final double TICKS_PER_SECOND = 100;
    private static final double KILOBYTE = 1024 / 1e6;

    private final FileServer server;
    private final double cpu;
    private final double resident;

    private Gauge(FileServer server) {
        this.server = server;
        forgetPeaks();
        cpu = cpu();
        resident = sum("VmRSS");
    }

    static Gauge from(FileServer server) {
        return new Gauge(server);
    }

    /** Seconds of CPU time, the program's and the kernel's for it, since it began. */
    double cpuSeconds() {
        return cpu() - cpu;
    }

    /** The most memory that was resident since it began, above what was resident then, in MB. */
    double growth() {
        return Math.max(0, sum("VmHWM") - resident);
    }

    private double cpu() {
        return server.processes().stream()
                .mapToDouble(process -> {
                    var fields = read(process, "stat").replaceAll("^.*\\) ", "").split(" ");
                    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
                })
                .sum();
    }

    private double sum(String key) {
        var pattern = Pattern.compile(key + ":\\s+(\\d+) kB");
        return server.processes().stream()
                .mapToDouble(process -> {
                    var found = pattern.matcher(read(process, "status"));
                    return found.find() ? Long.parseLong(found.group(1)) * KILOBYTE : 0;
                })
                .sum();
    }

    /** The kernel's highest mark begins anew at what is resident now. */
    private void forgetPeaks() {
        for (var process : List.copyOf(server.processes())) {
            try {
                Files.writeString(Path.of("/proc", Long.toString(process.pid()), "clear_refs"), "5");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
