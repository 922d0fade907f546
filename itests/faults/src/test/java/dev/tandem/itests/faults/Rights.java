package dev.tandem.itests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this machine lets a test do.
 *
 * @param clock the library that moves a program's wall clock, if it is installed
 */
record Rights(boolean namespaces, boolean mounts, Optional<Path> clock) {

    /** Tries it out, and says in one line each what is left out. */
    static Rights probe(Path work) {
        var name = "tandem-probe-" + ProcessHandle.current().pid();
        boolean namespaces = Commands.works("ip", "netns", "add", name);
        if (namespaces) {
            namespaces = Commands.works("ip", "link", "add", "tprobe", "type", "veth", "peer", "name", "tprobe2");
            Commands.works("ip", "link", "del", "tprobe");
            Commands.works("ip", "netns", "del", name);
        }
        var folder = work.resolve("probe");
        boolean mounts;
        try {
            Files.createDirectories(folder);
            mounts = Commands.works("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
            if (mounts) {
                Commands.run("umount", folder.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var rights = new Rights(namespaces, mounts, library());
        rights.left().forEach(line -> System.out.println("faults: " + line));
        return rights;
    }

    private List<String> left() {
        return Stream.of(
                        namespaces ? "" : "no right to network namespaces, so no line is cut",
                        mounts ? "" : "no right to mount, so no disk is filled",
                        clock.isPresent() ? "" : "libfaketime is not installed, so no clock is moved")
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The one without locks: with them every thread of a Java program waits for the others at each look at the clock. */
    private static Optional<Path> library() {
        try (var found = Files.exists(Path.of("/usr/lib"))
                ? Files.find(Path.of("/usr/lib"), 3, (path, is) -> path.getFileName()
                        .toString()
                        .equals("libfaketime.so.1"))
                : Stream.<Path>empty()) {
            return found.findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    boolean allow(Fault fault) {
        return switch (fault) {
            case CUT_FROM_DATABASE, CUT_FROM_CLIENTS -> namespaces;
            case FULL_DISK -> mounts;
            case MOVED_CLOCK -> clock.isPresent();
            default -> true;
        };
    }
}
