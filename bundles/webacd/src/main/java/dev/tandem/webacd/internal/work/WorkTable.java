package dev.tandem.webacd.internal.work;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.tandem.journal.Database;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.platform.PresenceChanger;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.work.WorkState.OfferState;
import dev.tandem.webacd.internal.work.WorkState.OneOffer;

/** The read models: which items live, who was offered what, who does not answer. Nothing personal is copied here. */
public final class WorkTable {
    private static final List<String> MIGRATIONS = List.of(
            "001_work.sql", "002_command.sql", "003_known.sql", "004_alive.sql", "005_passed_on.sql", "006_ended.sql");

    private static final String SUBMITTED =
            "INSERT INTO webacd_item (site, item, source, source_id, state, living, queue,"
                    + " key_at, since, entered, version, position, command) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (site, item) DO UPDATE SET state = excluded.state, living = 1, queue = excluded.queue,"
                    + " agent = NULL, key_at = excluded.key_at, entered = excluded.entered, assigned_at = NULL, ended_at = NULL,"
                    + " version = excluded.version, position = excluded.position";
    private static final String CHANGED =
            "UPDATE webacd_item SET state = ?, living = ?, queue = ?, agent = ?, key_at = ?, entered = ?,"
                    + " assigned_at = ?, wrap_up_at = COALESCE(wrap_up_at, ?), ended_at = ?, version = ?, position = ?"
                    + " WHERE site = ? AND item = ?";

    private final Database database;

    WorkTable(Database database) {
        this.database = database;
    }

    void migrate() {
        database.migrate("webacd-work", WorkTable.class, MIGRATIONS);
    }

    /** More would wait in a queue than may. Nothing of the event is stored. */
    static final class Beyond extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Beyond(long waiting) {
            super(waiting + " wait", null, false, false);
        }

        static boolean is(Throwable failure) {
            return Stream.iterate(failure, t -> t != null, Throwable::getCause).anyMatch(Beyond.class::isInstance);
        }
    }

    /**
     * Written with the event, which may be written again when a read model is rebuilt.
     *
     * @throws Beyond for one too many in a queue: judged in the transaction of the event, which goes on alone in its site, so
     *     that the limit holds however many come at the same moment, on whatever node
     */
    static void project(Sql sql, Recorded<WorkFact> recorded, WorkState after) throws SQLException {
        var site = recorded.site();
        var item = recorded.stream();
        var fact = recorded.event();
        if (fact instanceof WorkFact.Submitted submitted) {
            sql.later(
                    item,
                    SUBMITTED,
                    site,
                    item,
                    submitted.source(),
                    submitted.sourceId(),
                    after.phase(),
                    after.queue(),
                    after.key(),
                    submitted.at(),
                    after.entered(),
                    recorded.version(),
                    recorded.position(),
                    submitted.command());
        } else {
            sql.later(
                    item,
                    CHANGED,
                    after.phase(),
                    after.phase().over() ? 0 : 1,
                    after.queue(),
                    after.agent(),
                    after.key(),
                    after.entered(),
                    after.assignedAt(),
                    fact instanceof WorkFact.WrapUp wrapUp ? Optional.of(wrapUp.at()) : Optional.empty(),
                    after.endedAt(),
                    recorded.version(),
                    recorded.position(),
                    site,
                    item);
        }
        if (fact instanceof WorkFact.Submitted submitted
                && submitted.limit().isPresent()
                && submitted.queue().isPresent()) {
            int limit = submitted.limit().get();
            // Counts no further than it must.
            long waiting = sql.first(
                            "SELECT count(*) FROM (SELECT 1 FROM webacd_item WHERE site = ? AND queue = ? AND living = 1"
                                    + " AND state IN ('WAITING', 'OFFERED') LIMIT ?) AS those",
                            row -> row.getLong(1),
                            site,
                            submitted.queue(),
                            limit + 1)
                    .orElse(0L);
            if (waiting > limit) {
                throw new Beyond(waiting);
            }
        }
        projectOffers(sql, recorded, after);
        if (fact instanceof WorkFact.Unanswered unanswered && after.offers().size() == 1) {
            // Whoever was asked alone and said nothing; of several whom one call reaches nobody is to blame.
            var only = after.offers().get(0);
            sql.update(
                    "INSERT INTO webacd_absent (site, agent, reason, since) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (site, agent) DO UPDATE SET reason = excluded.reason, since = excluded.since",
                    site,
                    only.agent(),
                    PresenceChanger.NO_ANSWER,
                    unanswered.at());
        }
    }

    private static void projectOffers(Sql sql, Recorded<WorkFact> recorded, WorkState after) throws SQLException {
        if (recorded.event() instanceof WorkFact.Offered) {
            for (var one : after.offers()) {
                insertOffer(sql, recorded, one, "DO NOTHING");
            }
        } else if (recorded.event() instanceof WorkFact.Widened widened) {
            // Whoever comes back has a row already.
            for (var one : after.offers()) {
                if (widened.agents().contains(one.agent())) {
                    insertOffer(sql, recorded, one, "DO UPDATE SET state = excluded.state, made_at = excluded.made_at");
                }
            }
        } else if (answers(recorded.event())) {
            for (var one : after.offers()) {
                if (!one.pending()) {
                    sql.later(
                            recorded.stream(),
                            "UPDATE webacd_offer SET state = ? WHERE site = ? AND offer = ? AND agent = ?"
                                    + " AND state = 'PENDING'",
                            one.state(),
                            recorded.site(),
                            one.id(),
                            one.agent());
                }
            }
        }
    }

    private static void insertOffer(Sql sql, Recorded<WorkFact> recorded, OneOffer one, String conflict)
            throws SQLException {
        sql.later(
                recorded.stream(),
                "INSERT INTO webacd_offer (site, offer, item, agent, state, made_at, until_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, offer, agent) " + conflict,
                recorded.site(),
                one.id(),
                recorded.stream(),
                one.agent(),
                OfferState.PENDING,
                one.at(),
                one.until());
    }

    private static boolean answers(WorkFact fact) {
        return fact instanceof WorkFact.Accepted
                || fact instanceof WorkFact.Declined
                || fact instanceof WorkFact.Unanswered
                || fact instanceof WorkFact.Withdrawn
                || fact instanceof WorkFact.Moved
                || fact instanceof WorkFact.PickGranted
                || fact instanceof WorkFact.Abandoned
                || fact instanceof WorkFact.Expired;
    }

    /** The item that a command has made. */
    public Optional<UUID> submittedBy(SiteId site, UUID command) {
        return item("SELECT item FROM webacd_item WHERE site = ? AND command = ?", site, command);
    }

    /** Whatever is read within is read as of one moment. */
    public <T> T together(Supplier<T> look) {
        return database.read(sql -> look.get());
    }

    /** The item of an offer that this agent was made. */
    public Optional<UUID> offered(SiteId site, UUID offer, String agent) {
        return item("SELECT item FROM webacd_offer WHERE site = ? AND offer = ? AND agent = ?", site, offer, agent);
    }

    /** Whether that agent was ever offered that item. */
    public boolean wasOffered(SiteId site, UUID item, String agent) {
        return database.ask(sql -> sql.first(
                        "SELECT 1 FROM webacd_offer WHERE site = ? AND item = ? AND agent = ?",
                        row -> true,
                        site,
                        item,
                        agent))
                .isPresent();
    }

    /** Items of which something concerns that agent now: open offers, what is theirs. */
    public List<UUID> ofAgent(SiteId site, String agent) {
        return items(
                "SELECT item FROM webacd_offer WHERE site = ? AND agent = ? AND state = 'PENDING'"
                        + " UNION SELECT item FROM webacd_item WHERE site = ? AND agent = ? AND living = 1 ORDER BY item",
                site,
                agent,
                site,
                agent);
    }

    /** Items that are offered to that agent now. */
    public List<UUID> offeredTo(SiteId site, String agent) {
        return items(
                "SELECT DISTINCT item FROM webacd_offer WHERE site = ? AND agent = ? AND state = 'PENDING'",
                site,
                agent);
    }

    /** All that is offered now. */
    public List<UUID> offered(SiteId site) {
        return items("SELECT DISTINCT item FROM webacd_offer WHERE site = ? AND state = 'PENDING' ORDER BY item", site);
    }

    /** All that live. */
    public List<UUID> living(SiteId site) {
        return items("SELECT item FROM webacd_item WHERE site = ? AND living = 1 ORDER BY item", site);
    }

    /** The same, the next ones after one. */
    List<UUID> living(SiteId site, Optional<UUID> after, int most) {
        return items(
                "SELECT item FROM webacd_item WHERE site = ? AND living = 1 AND item > ? ORDER BY item LIMIT ?",
                site,
                after.map(UUID::toString).orElse(""),
                most);
    }

    /** The sites that have living items. */
    public List<SiteId> sites() {
        return database.ask(sql -> sql.all(
                "SELECT DISTINCT site FROM webacd_item WHERE living = 1 ORDER BY site",
                row -> new SiteId(row.getString("site"))));
    }

    /**
     * What is still to be done for that source, in the order in which it came; one in wrap-up is not. More than one only while
     * it is passed on: the last stands for it.
     */
    public List<UUID> livingOf(SiteId site, String source, String sourceId) {
        return items(
                "SELECT item FROM webacd_item WHERE site = ? AND source = ? AND source_id = ?"
                        + " AND state IN ('WAITING', 'OFFERED', 'ASSIGNED') ORDER BY since, item",
                site,
                source,
                sourceId);
    }

    /** Who does which things of that source now, by the source's ids; notes afterwards are not among them. */
    public Map<String, String> assigned(SiteId site, String source) {
        var all = new TreeMap<String, String>();
        database.ask(sql -> sql.all(
                        "SELECT source_id, agent FROM webacd_item WHERE site = ? AND living = 1 AND state = 'ASSIGNED'"
                                + " AND source = ? ORDER BY since, item",
                        row -> Map.entry(row.getString("source_id"), row.getString("agent")),
                        site,
                        source))
                .forEach(one -> all.put(one.getKey(), one.getValue()));
        return all;
    }

    /** The last one of that source to come, living or not. */
    public Optional<UUID> latestOf(SiteId site, String source, String sourceId) {
        return item(
                "SELECT item FROM webacd_item WHERE site = ? AND source = ? AND source_id = ?"
                        + " ORDER BY since DESC, item DESC LIMIT 1",
                site,
                source,
                sourceId);
    }

    /** Who waits in a queue, in the order of their turns; those who are offered just now are not among them. */
    public List<UUID> waiting(SiteId site, UUID queue, int most) {
        return items(
                "SELECT item FROM webacd_item WHERE site = ? AND queue = ? AND state = 'WAITING'"
                        + " ORDER BY key_at, item LIMIT ?",
                site,
                queue,
                most);
    }

    /** The same, those who are offered among them. */
    public List<UUID> waitingOrOffered(SiteId site, UUID queue, int most) {
        return items(
                "SELECT item FROM webacd_item WHERE site = ? AND queue = ? AND state IN ('WAITING', 'OFFERED')"
                        + " AND living = 1 ORDER BY key_at, item LIMIT ?",
                site,
                queue,
                most);
    }

    /** How many wait in a queue, those who are offered among them. */
    public long length(SiteId site, UUID queue) {
        return database.ask(sql -> sql.first(
                        "SELECT count(*) FROM webacd_item WHERE site = ? AND queue = ? AND living = 1"
                                + " AND state IN ('WAITING', 'OFFERED')",
                        row -> row.getLong(1),
                        site,
                        queue))
                .orElse(0L);
    }

    /** How many stand before somebody. @param all those who are offered just now among them */
    public record Ahead(int waiting, int all) {}

    /** How many stand before that one. */
    public Ahead ahead(SiteId site, UUID queue, Instant key, UUID item) {
        // Two questions, each with an index of its own: of all who live in a queue most may wait.
        return database.read(sql -> {
            int waiting = sql.first(
                            "SELECT count(*) FROM webacd_item WHERE site = ? AND queue = ? AND state = 'WAITING'"
                                    + " AND (key_at < ? OR key_at = ? AND item < ?)",
                            row -> row.getInt(1),
                            site,
                            queue,
                            key,
                            key,
                            item)
                    .orElse(0);
            int offered = sql.first(
                            "SELECT count(DISTINCT i.item) FROM webacd_offer o JOIN webacd_item i ON i.site = o.site"
                                    + " AND i.item = o.item WHERE o.site = ? AND o.state = 'PENDING' AND i.queue = ?"
                                    + " AND (i.key_at < ? OR i.key_at = ? AND i.item < ?)",
                            row -> row.getInt(1),
                            site,
                            queue,
                            key,
                            key,
                            item)
                    .orElse(0);
            return new Ahead(waiting, waiting + offered);
        });
    }

    /** How long the latest ones of a queue took from being taken to being done, in milliseconds. */
    public List<Long> handled(SiteId site, UUID queue, int latest) {
        return database.ask(sql -> sql.all(
                "SELECT ended_at - assigned_at AS took FROM webacd_item WHERE site = ? AND queue = ? AND state = 'DONE'"
                        + " AND assigned_at IS NOT NULL ORDER BY ended_at DESC LIMIT ?",
                row -> row.getLong("took"),
                site,
                queue,
                latest));
    }

    /** What a queue holds. @param oldest since when the first of those who wait has waited */
    public record QueueRow(UUID queue, long waiting, long offered, long assigned, Optional<Instant> oldest) {}

    /** Of every queue in which something lives. */
    public List<QueueRow> queues(SiteId site) {
        return database.ask(sql -> sql.all(
                "SELECT queue, SUM(CASE WHEN state = 'WAITING' THEN 1 ELSE 0 END) AS waiting,"
                        + " SUM(CASE WHEN state = 'OFFERED' THEN 1 ELSE 0 END) AS offered,"
                        + " SUM(CASE WHEN state IN ('ASSIGNED', 'WRAP_UP') THEN 1 ELSE 0 END) AS assigned,"
                        + " MIN(CASE WHEN state IN ('WAITING', 'OFFERED') THEN since END) AS oldest"
                        + " FROM webacd_item WHERE site = ? AND living = 1 AND queue IS NOT NULL GROUP BY queue",
                WorkTable::queueRow,
                site));
    }

    private static QueueRow queueRow(ResultSet row) throws SQLException {
        long oldest = row.getLong("oldest");
        var since = row.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(oldest));
        return new QueueRow(
                Sql.uuid(row, "queue"), row.getLong("waiting"), row.getLong("offered"), row.getLong("assigned"), since);
    }

    /** What an agent has now. */
    public record Load(long offered, long assigned, long wrapUp) {
        public static final Load NONE = new Load(0, 0, 0);

        public long all() {
            return offered + assigned + wrapUp;
        }
    }

    /** Of every agent who has something. */
    public Map<String, Load> loads(SiteId site) {
        return database.read(sql -> {
            var loads = new TreeMap<String, Load>();
            sql.all(
                            "SELECT agent, SUM(CASE WHEN state = 'ASSIGNED' THEN 1 ELSE 0 END) AS assigned,"
                                    + " SUM(CASE WHEN state = 'WRAP_UP' THEN 1 ELSE 0 END) AS wrap_up FROM webacd_item"
                                    + " WHERE site = ? AND living = 1 AND agent IS NOT NULL GROUP BY agent",
                            row -> Map.entry(
                                    row.getString("agent"),
                                    new Load(0, row.getLong("assigned"), row.getLong("wrap_up"))),
                            site)
                    .forEach(one -> loads.put(one.getKey(), one.getValue()));
            sql.all(
                            "SELECT agent, count(*) AS offered FROM webacd_offer WHERE site = ? AND state = 'PENDING'"
                                    + " GROUP BY agent",
                            row -> Map.entry(row.getString("agent"), row.getLong("offered")),
                            site)
                    .forEach(one -> {
                        var load = loads.getOrDefault(one.getKey(), Load.NONE);
                        loads.put(one.getKey(), new Load(one.getValue(), load.assigned(), load.wrapUp()));
                    });
            return loads;
        });
    }

    /** What was before a router began. @param offered when each queue has asked the agent last */
    public record History(Instant idleSince, Map<UUID, Instant> offered) {}

    /** Of every agent who was asked or had work since then. */
    public Map<String, History> histories(SiteId site, Instant since) {
        return database.read(sql -> {
            var idle = new TreeMap<String, Instant>();
            var offered = new TreeMap<String, Map<UUID, Instant>>();
            sql.all(
                            "SELECT agent, MAX(at) AS at FROM (SELECT agent, assigned_at AS at FROM webacd_item"
                                    + " WHERE site = ? AND living = 1 AND agent IS NOT NULL UNION ALL"
                                    + " SELECT agent, ended_at AS at FROM webacd_item"
                                    + " WHERE site = ? AND ended_at > ? AND agent IS NOT NULL) AS those GROUP BY agent",
                            row -> Map.entry(row.getString("agent"), Sql.instant(row, "at")),
                            site,
                            site,
                            since)
                    .forEach(one -> idle.put(one.getKey(), one.getValue()));
            sql.all(
                    "SELECT o.agent AS agent, i.queue AS queue, MAX(o.made_at) AS at FROM webacd_offer o"
                            + " JOIN webacd_item i ON i.site = o.site AND i.item = o.item"
                            + " WHERE o.site = ? AND o.made_at > ? AND i.queue IS NOT NULL"
                            + " GROUP BY o.agent, i.queue",
                    row -> {
                        offered.computeIfAbsent(row.getString("agent"), agent -> new TreeMap<>())
                                .put(Sql.uuid(row, "queue"), Sql.instant(row, "at"));
                        return true;
                    },
                    site,
                    since);
            var all = new TreeMap<String, History>();
            offered.forEach((agent, at) -> all.put(agent, new History(idle.getOrDefault(agent, Instant.EPOCH), at)));
            idle.forEach((agent, at) -> all.putIfAbsent(agent, new History(at, Map.of())));
            return all;
        });
    }

    /** How many items of a queue live, whatever their state. */
    public long living(SiteId site, UUID queue) {
        return database.ask(sql -> sql.first(
                        "SELECT count(*) FROM webacd_item WHERE site = ? AND queue = ? AND living = 1",
                        row -> row.getLong(1),
                        site,
                        queue))
                .orElse(0L);
    }

    /** What an agent has. @param state ASSIGNED or WRAP_UP. @param since when the agent took it */
    public record HasRow(String agent, UUID item, String state, Optional<UUID> queue, Instant since) {}

    /** All that agents have now. */
    public List<HasRow> work(SiteId site, int most) {
        return database.ask(sql -> sql.all(
                "SELECT agent, item, state, queue, COALESCE(assigned_at, entered) AS at FROM webacd_item WHERE site = ?"
                        + " AND living = 1 AND agent IS NOT NULL AND state IN ('ASSIGNED', 'WRAP_UP')"
                        + " ORDER BY agent, item LIMIT ?",
                row -> new HasRow(
                        row.getString("agent"),
                        Sql.uuid(row, "item"),
                        row.getString("state"),
                        Optional.ofNullable(row.getString("queue")).map(UUID::fromString),
                        Sql.instant(row, "at")),
                site,
                most));
    }

    /** What an agent was asked. @param since since when the customer waits */
    public record OfferRow(
            UUID offer,
            UUID item,
            String agent,
            Optional<UUID> queue,
            String state,
            Instant since,
            Instant made,
            Instant until) {}

    /** Those that are open, the first to end first, then the latest of the others. */
    public List<OfferRow> latestOffers(SiteId site, int most) {
        return database.read(sql -> {
            var open = sql.all(
                    OFFERS + " AND o.state = 'PENDING' ORDER BY o.until_at LIMIT ?", WorkTable::offerRow, site, most);
            var all = new java.util.ArrayList<>(open);
            all.addAll(sql.all(
                    OFFERS + " AND o.state <> 'PENDING' ORDER BY o.made_at DESC LIMIT ?",
                    WorkTable::offerRow,
                    site,
                    most));
            return List.copyOf(all);
        });
    }

    private static final String OFFERS =
            "SELECT o.offer, o.item, o.agent, o.state, o.made_at, o.until_at, i.queue, i.since"
                    + " FROM webacd_offer o JOIN webacd_item i ON i.site = o.site AND i.item = o.item WHERE o.site = ?";

    private static OfferRow offerRow(ResultSet row) throws SQLException {
        return new OfferRow(
                Sql.uuid(row, "offer"),
                Sql.uuid(row, "item"),
                row.getString("agent"),
                Optional.ofNullable(row.getString("queue")).map(UUID::fromString),
                row.getString("state"),
                Sql.instant(row, "since"),
                Sql.instant(row, "made_at"),
                Sql.instant(row, "until_at"));
    }

    private List<UUID> items(String query, Object... values) {
        return database.ask(sql -> sql.all(query, row -> Sql.uuid(row, "item"), values));
    }

    private Optional<UUID> item(String query, Object... values) {
        return database.ask(sql -> sql.first(query, row -> Sql.uuid(row, "item"), values));
    }
}
