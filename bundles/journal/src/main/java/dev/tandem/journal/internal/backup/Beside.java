package dev.tandem.journal.internal.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What stands beside the database and belongs to an installation: settings, secrets, accounts, certificates. Not what
 * belongs to the release: Karaf's own properties, and the list of features, which names versions.
 */
final class Beside {
    private static final Predicate<String> OURS = Pattern.compile(
                    "[^/]+\\.(cfg|config)|tandem[^/]*|(users|keys|custom)\\.properties|host\\.key(\\.pub)?|tls/.+")
            .asMatchPredicate();
    private static final Predicate<String> OF_THE_RELEASE =
            Pattern.compile("org\\.apache\\.karaf\\.features(\\.repos)?\\.cfg").asMatchPredicate();
    private static final int DEEP = 4;

    private Beside() {}

    /** The files, relative to {@code etc/}, in the order of their names. */
    static List<String> in(Path etc) throws IOException {
        try (var all = Files.walk(etc, DEEP)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || isLinkedFile(file))
                    .map(file -> etc.relativize(file).toString().replace('\\', '/'))
                    .filter(OURS.and(OF_THE_RELEASE.negate()))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isLinkedFile(Path file) {
        return Files.isSymbolicLink(file) && Files.isRegularFile(file);
    }
}
