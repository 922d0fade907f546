package dev.tandem.filetransfer.s3.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.s3.internal.Bucket.Found;

/**
 * What one listing tells about a file.
 *
 * <p>A growing file has a <i>claim</i>, an empty object, of each writer that may matter, and <i>steps</i>, each of which says what
 * the file is made of by then. The last step of the last writer that has one is what holds. A step whose writer's claim is
 * gone belongs to a file that was deleted, or to a writer that was overtaken long ago.
 *
 * @param whole the sealed file
 * @param objects all names below the file's, claims and steps and others
 */
record Snapshot(Optional<Found> whole, SortedSet<Writer> claims, List<Step> steps, List<String> objects) {
    private static final Pattern CLAIM = Pattern.compile("/" + Writer.FORM);
    private static final Pattern STEP = Pattern.compile("/" + Writer.FORM + "\\.([0-9]{8})\\.([0-9]{1,18})");

    private static final Comparator<Step> ORDER =
            Comparator.comparing(Step::writer).thenComparing(Step::number);

    /** One step of a writer. */
    record Step(Writer writer, int number, long offset, String object) {}

    static Snapshot of(Names names, FileKey key, List<Found> listed) {
        var claims = new TreeSet<Writer>();
        var steps = new ArrayList<Step>();
        var objects = new ArrayList<String>();
        Optional<Found> whole = Optional.empty();
        var file = names.file(key);
        for (var found : listed) {
            var rest = found.name().substring(file.length());
            if (found.name().equals(names.whole(key))) {
                whole = Optional.of(found);
                continue;
            }
            if (!rest.startsWith("/")) {
                // Not ours.
                continue;
            }
            objects.add(found.name());
            var claim = CLAIM.matcher(rest);
            if (claim.matches()) {
                claims.add(new Writer(Long.parseLong(claim.group(1)), claim.group(2)));
            }
            var step = STEP.matcher(rest);
            if (step.matches()) {
                steps.add(new Step(
                        new Writer(Long.parseLong(step.group(1)), step.group(2)),
                        Integer.parseInt(step.group(3)),
                        Long.parseLong(step.group(4)),
                        found.name()));
            }
        }
        return new Snapshot(whole, claims, steps, objects);
    }

    boolean missing() {
        return whole.isEmpty() && claims.isEmpty();
    }

    /** What the file is made of; none while nothing was settled. */
    Optional<Step> last() {
        return steps.stream().filter(step -> claims.contains(step.writer())).max(ORDER);
    }

    /** How much of it is not lost any more. */
    long offset() {
        return whole.map(Found::size).orElseGet(() -> last().map(Step::offset).orElse(0L));
    }

    /** Whether that one, and nobody else, may write. */
    boolean isWriter(Writer writer) {
        return whole.isEmpty() && claims.contains(writer) && claims.last().equals(writer);
    }

    /** Whoever comes after all that are here. */
    Writer next(String id) {
        return new Writer(claims.isEmpty() ? 0 : claims.last().epoch() + 1, id);
    }
}
