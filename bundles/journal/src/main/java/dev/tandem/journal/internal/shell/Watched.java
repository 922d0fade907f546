package dev.tandem.journal.internal.shell;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.karaf.shell.api.console.Session;

import dev.tandem.journal.internal.Course;

/**
 * Does a long piece of work on a thread of its own, so that Ctrl+C, which interrupts the shell's thread, never hits it in
 * the middle of a file; shows how far it is, and asks it to end when Ctrl+C is pressed.
 */
final class Watched {
    private static final long EVERY_MILLIS = 250;

    private final PrintStream out;
    private final boolean live;
    private final Course course;
    private String shown = "";

    Watched(Session session, Course course) {
        this.out = session.getConsole();
        // Over an exec channel of SSH nobody looks on.
        this.live = session.getTerminal() != null;
        this.course = course;
    }

    /** @return what came of it, or nothing if it was cancelled, which has been said then */
    <T> Optional<T> run(String name, Callable<T> work) {
        var task = new FutureTask<>(work);
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                var result = task.get(EVERY_MILLIS, TimeUnit.MILLISECONDS);
                line("");
                return Optional.of(result);
            } catch (TimeoutException still) {
                show(course.step());
            } catch (InterruptedException e) {
                line("");
                out.println(course.cancel() ? "Cancelling ..." : "It is too late to cancel; it is done in a moment.");
            } catch (ExecutionException e) {
                line("");
                if (!(e.getCause() instanceof CancellationException)) {
                    throw e.getCause() instanceof RuntimeException known
                            ? known
                            : new IllegalStateException(e.getCause());
                }
                // Said here, since Karaf says nothing of a command that was interrupted.
                out.println("Cancelled. Nothing was left behind, and nothing has changed.");
                return Optional.empty();
            }
        }
    }

    private void show(Course.Step step) {
        if (live) {
            line(step.what() + far(step));
        } else if (!step.what().equals(shown)) {
            out.println(step.what());
        }
        shown = step.what();
    }

    private static String far(Course.Step step) {
        if (step.of() <= 0) {
            return " ...";
        }
        return "  " + 100 * Math.min(step.done().getAsLong(), step.of()) / step.of() + " %";
    }

    private void line(String text) {
        if (live) {
            out.print("\r\u001b[K" + text);
            out.flush();
        }
    }
}
