package dev.tandem.filetransfer;

import java.util.regex.Pattern;

import dev.tandem.platform.SiteId;

/**
 * The name of a file in a store: ours, and never what a person calls it.
 *
 * @param id 32 hexadecimal digits, lower case, that cannot be guessed
 */
public record FileKey(SiteId site, String id) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /** @throws IllegalArgumentException if the id has another form, so that it can stand in a path */
    public FileKey {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("A file's id has 32 hexadecimal digits.");
        }
    }
}
