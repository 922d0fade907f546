package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dev.tandem.platform.SiteId;

/**
 * Where the chain of each site ends.
 *
 * @param ends one per site, in the order of their names
 */
public record Chains(List<End> ends) {
    /** The end of a site's chain: the last position that was given and the hash of the last batch, as hex. */
    public record End(SiteId site, long position, String batchHash) {}

    /** As the counter rows say. */
    public static Chains read(Session session) throws SQLException {
        return new Chains(session.sql()
                .all(
                        "SELECT site, position, batch_hash FROM journal_site ORDER BY site",
                        row -> new End(
                                new SiteId(row.getString(1)),
                                row.getLong(2),
                                HexFormat.of().formatHex(row.getBytes(3)))));
    }

    /** Recomputes every hash of every site from the stored bytes, within the session's transaction. */
    public static Chains verify(Session session, String what, Course course) throws SQLException {
        var chains = read(session);
        var sites = new ArrayList<SiteId>(chains.ends().stream().map(End::site).toList());
        session.sql().all("SELECT DISTINCT site FROM journal_event", row -> new SiteId(row.getString(1))).stream()
                .filter(site -> !sites.contains(site))
                .forEach(sites::add);
        long before = 0;
        for (var site : sites) {
            var verifier = new Verifier(site, course);
            long offset = before;
            course.at(what, () -> offset + verifier.events(), chains.events());
            var found = verifier.run(session);
            if (!found.ok()) {
                throw new Unable("The chain of site " + site + " does not verify: "
                        + found.firstFault().orElseThrow() + ".");
            }
            before += found.events();
        }
        return chains;
    }

    /** How many events there are. */
    public long events() {
        return ends.stream().mapToLong(End::position).sum();
    }
}
