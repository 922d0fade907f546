package dev.tandem.webacd.internal.work;

import java.sql.SQLException;

import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/** What others have written down of people, and forget with them. */
@FunctionalInterface
public interface Copies {
    /** Forgets a person, in the transaction of the erasure. @param subject as it is erased: {@code agent:anna} */
    void erase(Sql sql, SiteId site, String subject) throws SQLException;
}
