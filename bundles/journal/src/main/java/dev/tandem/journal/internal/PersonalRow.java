package dev.tandem.journal.internal;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Personal;
import dev.tandem.platform.SiteId;

/** A stored personal row, as it is read back. */
record PersonalRow(byte[] salt, byte[] text) {

    static Optional<PersonalRow> find(Session session, SiteId site, UUID id) throws SQLException {
        var find = session.prepared("SELECT salt, text FROM journal_personal WHERE site = ? AND id = ?");
        find.setString(1, site.value());
        find.setString(2, id.toString());
        try (var rows = find.executeQuery()) {
            return rows.next() ? Optional.of(new PersonalRow(rows.getBytes(1), rows.getBytes(2))) : Optional.empty();
        }
    }

    /** Whether the row behind a reference is the one that was sealed, or has been erased. */
    static boolean fits(Session session, SiteId site, Personal.Ref ref) throws SQLException {
        return find(session, site, ref.id()).map(row -> row.fits(ref)).orElse(true);
    }

    boolean fits(Personal.Ref ref) {
        return SaltingSealer.digest(salt, text).equals(ref.digest());
    }

    String asText() {
        return new String(text, StandardCharsets.UTF_8);
    }
}
