package dev.tandem.journal.internal;

import java.util.List;
import java.util.Optional;

import dev.tandem.journal.Database.Dialect;

/**
 * What a slice has asked of {@code Database.migrate}. Holds the texts and not the class beside which they lie, since that
 * would keep a bundle that has been uninstalled.
 *
 * @param postgres how the same tables are made on PostgreSQL, or empty if the slice does not know
 */
public record Asked(String slice, int files, Optional<Migration> postgres) {
    static Asked of(Dialect dialect, String slice, Class<?> anchor, List<String> files) {
        return new Asked(
                slice, files.size(), dialect == Dialect.SQLITE ? postgres(slice, anchor, files) : Optional.empty());
    }

    private static Optional<Migration> postgres(String slice, Class<?> anchor, List<String> files) {
        try {
            return Optional.of(Migration.of(Dialect.POSTGRESQL, slice, anchor, files));
        } catch (IllegalArgumentException notThere) {
            return Optional.empty();
        }
    }
}
