package dev.tandem.itests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Programs of the machine. */
final class Commands {
    private Commands() {}

    static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean works(String... command) {
        try {
            run(command);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
