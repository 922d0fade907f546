package dev.tandem.filetransfer.s3.internal;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.platform.SiteId;

/**
 * Names of objects below the prefix: {@code SITE/ID.bin} is a sealed file; a growing one consists of what stands below
 * {@code SITE/ID/}. So one listing of {@code SITE/ID} tells all about a file.
 */
final class Names {
    private static final Pattern OBJECT = Pattern.compile("([^/]+)/([0-9a-f]{32})(?:\\.bin|/.*)");

    private final String prefix;

    /** @param prefix empty, or with a slash at its end */
    Names(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    /** What is written now and then, to see whether it can be. */
    String check() {
        return prefix + "tandem-check";
    }

    String file(FileKey key) {
        return prefix + key.site().value() + "/" + key.id();
    }

    String whole(FileKey key) {
        return file(key) + ".bin";
    }

    String claim(FileKey key, Writer writer) {
        return file(key) + "/" + writer;
    }

    String step(FileKey key, Writer writer, int number, long offset) {
        return claim(key, writer) + String.format(".%08d.%d", number, offset);
    }

    /** The file to which an object belongs; none for others' objects. */
    Optional<FileKey> key(String object) {
        if (!object.startsWith(prefix)) {
            return Optional.empty();
        }
        var name = OBJECT.matcher(object.substring(prefix.length()));
        try {
            return name.matches()
                    ? Optional.of(new FileKey(new SiteId(name.group(1)), name.group(2)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
