package dev.tandem.itests.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;

/** A screen of its own (Xvfb) on a number that is free. Ends with this process at the latest. */
public final class Display implements AutoCloseable {
    private final Process process;
    private final String name;

    private Display(Process process, String name) {
        this.process = process;
        this.name = name;
    }

    public static Display start(int width, int height) {
        try {
            // -displayfd lets Xvfb choose the number, so that two runs never take each other's.
            var process = new ProcessBuilder(
                            "Xvfb",
                            "-displayfd",
                            "1",
                            "-screen",
                            "0",
                            width + "x" + height + "x24",
                            "-noreset",
                            "-nolisten",
                            "tcp")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var number = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
            if (number == null) {
                throw new IOException("Xvfb did not start");
            }
            return new Display(process, ":" + number.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that another program serves. */
    static Display of(Process process, String name) {
        return new Display(process, name);
    }

    /** As in {@code DISPLAY}. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
