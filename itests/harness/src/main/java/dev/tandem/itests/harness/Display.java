package dev.tandem.itests.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A screen of its own (Xvfb) on a number that is free. Ends with this process at the latest. */
public final class Display implements AutoCloseable {
    private final Process process;
    private final String name;

    private Display(Process process, String name) {
        this.process = process;
        this.name = name;
    }

    public static Display start(int width, int height) {
        return served(
                "apt-get install xvfb",
                "Xvfb",
                "-screen",
                "0",
                width + "x" + height + "x24",
                "-noreset",
                "-nolisten",
                "tcp");
    }

    /**
     * One that any X server serves.
     *
     * @param otherwise what to do where it does not start
     */
    static Display served(String otherwise, String... command) {
        try {
            var words = new ArrayList<>(List.of(command));
            // So the server chooses the number, and two runs never take each other's.
            words.addAll(List.of("-displayfd", "1"));
            var process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var number = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
            if (number == null) {
                throw new IOException(command[0] + " did not start: " + otherwise);
            }
            return new Display(process, ":" + number.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
