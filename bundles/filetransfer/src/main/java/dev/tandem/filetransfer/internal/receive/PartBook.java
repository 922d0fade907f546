package dev.tandem.filetransfer.internal.receive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.journal.Database;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/** Parts of files, and what files were made of: for a day at most, and nobody's history. */
@Component(service = PartBook.class)
public final class PartBook {
    /** What a client says of a part. */
    public static final String PARTIAL = "partial";

    /** Parts of one caller at once. */
    static final int MOST = 64;

    private final Database database;
    private final Clock clock;

    /**
     * A part, or a file that was made of parts.
     *
     * @param owner who has made it, and alone may use it
     * @param length bytes; empty until the sender knows
     * @param concat as the sender has said it
     * @param touched when bytes last came for it
     */
    public record Part(FileKey key, String owner, Optional<Long> length, String concat, Instant touched) {
        public boolean partial() {
            return concat.equals(PARTIAL);
        }
    }

    @Activate
    public PartBook(@Reference Database database, @Reference Clock clock) {
        this.database = database;
        this.clock = clock;
        database.migrate("filetransfer-parts", PartBook.class, List.of("001_file_parts.sql"));
    }

    /**
     * How many bytes parts may have.
     *
     * @param one a part, which counts so much while its length is not known
     * @param owner those of one owner together
     * @param site those of a site together
     */
    record Room(long one, long owner, long site) {}

    /**
     * Notes a part.
     *
     * @return whether there was room for it
     */
    boolean begin(FileKey key, String owner, Optional<Long> length, Room room) {
        return database.write(sql -> {
            boolean fits = all(sql, key.site(), owner).size() < MOST && fits(sql, key, owner, length, room);
            if (fits) {
                insert(sql, key, owner, length, PARTIAL);
            }
            return fits;
        });
    }

    /** Whether that part fits in with all others. */
    private static boolean fits(Sql sql, FileKey key, String owner, Optional<Long> length, Room room)
            throws SQLException {
        long bytes = length.orElse(room.one());
        long others = all(sql, key.site(), owner).stream()
                .filter(part -> !part.key().equals(key))
                .mapToLong(part -> part.length().orElse(room.one()))
                .sum();
        long before =
                find(sql, key).map(part -> part.length().orElse(room.one())).orElse(0L);
        return others + bytes <= room.owner() && bytes(sql, key.site(), room.one()) - before + bytes <= room.site();
    }

    private static long bytes(Sql sql, SiteId site, long unknown) throws SQLException {
        return sql.first(
                        "SELECT coalesce(sum(CASE WHEN length < 0 THEN ? ELSE length END), 0) FROM file_part"
                                + " WHERE site = ? AND concat = ?",
                        row -> row.getLong(1),
                        unknown,
                        site,
                        PARTIAL)
                .orElse(0L);
    }

    /** Bytes of all parts of a site. @param unknown what one counts whose length is not known */
    long bytes(SiteId site, long unknown) {
        return database.read(sql -> bytes(sql, site, unknown));
    }

    /** Notes of what a file was made. */
    void made(FileKey key, String owner, long length, String concat) {
        database.write(sql -> {
            insert(sql, key, owner, Optional.of(length), concat);
            return true;
        });
    }

    private void insert(Sql sql, FileKey key, String owner, Optional<Long> length, String concat) throws SQLException {
        sql.update(
                "INSERT INTO file_part (site, file, owner, length, concat, touched) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (site, file) DO NOTHING",
                key.site(),
                key.id(),
                owner,
                length.orElse(-1L),
                concat,
                clock.instant());
    }

    private static List<Part> all(Sql sql, SiteId site, String owner) throws SQLException {
        return sql.all(
                "SELECT * FROM file_part WHERE site = ? AND owner = ? AND concat = ?",
                PartBook::part,
                site,
                owner,
                PARTIAL);
    }

    private static Part part(ResultSet row) throws SQLException {
        long length = row.getLong("length");
        return new Part(
                new FileKey(new SiteId(row.getString("site")), row.getString("file")),
                row.getString("owner"),
                length < 0 ? Optional.empty() : Optional.of(length),
                row.getString("concat"),
                Sql.instant(row, "touched"));
    }

    Optional<Part> find(FileKey key) {
        return database.read(sql -> find(sql, key));
    }

    private static Optional<Part> find(Sql sql, FileKey key) throws SQLException {
        return sql.first("SELECT * FROM file_part WHERE site = ? AND file = ?", PartBook::part, key.site(), key.id());
    }

    /** The file that was made of that last, by what its sender has said. */
    Optional<Part> made(SiteId site, String owner, String concat) {
        return database.read(sql -> sql.first(
                "SELECT * FROM file_part WHERE site = ? AND owner = ? AND concat = ? ORDER BY touched DESC LIMIT 1",
                PartBook::part,
                site,
                owner,
                concat));
    }

    /** The length is known now, and stays. @return whether there is room for it */
    boolean sized(FileKey key, String owner, long length, Room room) {
        return database.write(sql -> {
            boolean fits = fits(sql, key, owner, Optional.of(length), room);
            if (fits) {
                sql.update(
                        "UPDATE file_part SET length = ? WHERE site = ? AND file = ? AND length < 0",
                        length,
                        key.site(),
                        key.id());
            }
            return fits;
        });
    }

    /** Bytes have come for it. */
    void touch(FileKey key) {
        database.write(sql -> sql.update(
                "UPDATE file_part SET touched = ? WHERE site = ? AND file = ?", clock.instant(), key.site(), key.id()));
    }

    /** Forgets it; its bytes are to be deleted by who asks. */
    public void forget(FileKey key) {
        database.write(sql -> sql.update("DELETE FROM file_part WHERE site = ? AND file = ?", key.site(), key.id()));
    }

    /** Whether it is known. */
    public boolean knows(FileKey key) {
        return find(key).isPresent();
    }

    /** Sites of which it knows something. */
    public List<SiteId> sites() {
        return database.read(
                sql -> sql.all("SELECT DISTINCT site FROM file_part", row -> new SiteId(row.getString("site"))));
    }

    /** Parts of a site that were not touched since that time, the oldest first. */
    public List<Part> partial(SiteId site, Instant since) {
        return database.read(sql -> sql.all(
                "SELECT * FROM file_part WHERE site = ? AND concat = ? AND touched < ? ORDER BY touched LIMIT 1000",
                PartBook::part,
                site,
                PARTIAL,
                since));
    }

    /** Files of a site that were made of parts before that time, the oldest first. */
    public List<Part> made(SiteId site, Instant before) {
        return database.read(sql -> sql.all(
                "SELECT * FROM file_part WHERE site = ? AND concat <> ? AND touched < ? ORDER BY touched LIMIT 1000",
                PartBook::part,
                site,
                PARTIAL,
                before));
    }
}
