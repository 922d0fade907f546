package dev.tandem.itests.benchmarks.screen;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

import dev.tandem.itests.harness.Display;

/** A {@link Wall} on a display, in a process of its own as AWT knows one display only. */
final class WallProcess implements AutoCloseable {
    /** When that number was on the screen, microseconds since the epoch. */
    record Mark(int number, long at) {}

    private final Process process;
    private final PrintWriter to;
    private final BufferedReader from;
    private final Path work;

    WallProcess(Display display, Path work) {
        this.work = work;
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Wall.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DISPLAY", display.name());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        to = new PrintWriter(process.outputWriter(), true);
        from = new BufferedReader(new InputStreamReader(process.getInputStream()));
        answer("ready");
    }

    /** @param perSecond steps a second, 0 to stand still */
    void scroll(int perSecond) {
        to.println("scroll " + perSecond);
        answer("scroll");
    }

    /** Comes before all other windows. */
    void front() {
        to.println("front");
        answer("front");
    }

    Mark mark() {
        to.println("mark");
        var words = answer("mark").split(" ");
        return new Mark(Integer.parseInt(words[1]), Long.parseLong(words[2]));
    }

    /** What is on the screen now. */
    BufferedImage shot() {
        var file = work.resolve("wall.png");
        to.println("shot " + file);
        answer("shot");
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String word) {
        try {
            var line = from.readLine();
            if (line == null || !line.startsWith(word)) {
                throw new IllegalStateException(
                        "the shared screen's program says " + line + "; it needs a JRE with AWT (openjdk-17-jre)");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
