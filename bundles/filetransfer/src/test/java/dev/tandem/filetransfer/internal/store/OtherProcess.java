package dev.tandem.filetransfer.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** What another process finds: within one Java machine locks are refused by a table of Java's own, whatever the system has. */
final class OtherProcess {
    private static final int HELD = 17;
    private static final int FREE = 18;

    private OtherProcess() {}

    public static void main(String[] file) throws IOException {
        boolean free;
        try (var channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            free = channel.tryLock() != null;
        }
        System.exit(free ? FREE : HELD);
    }

    static boolean findsLocked(Path file) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("The other process does not end");
        }
        int answer = process.exitValue();
        if (answer != HELD && answer != FREE) {
            throw new AssertionError("The other process failed: " + answer);
        }
        return answer == HELD;
    }
}
