package dev.tandem.reference.platform.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Database;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Sql;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Notifier;
import dev.tandem.platform.SiteId;

/** Notices on the agents' desktops, at whatever node those hang. Best effort, and for a short while. */
@Component(service = {Notifier.class, Notices.class})
public final class Notices implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final Duration SHOWN = Duration.ofMinutes(2);
    private static final int MOST = 20;

    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final Bell bell;

    @Activate
    public Notices(@Reference Tables tables, @Reference Ids ids, @Reference Clock clock, @Reference Bell bell) {
        this.database = tables.database();
        this.ids = ids;
        this.clock = clock;
        this.bell = bell;
    }

    record Told(UUID id, Notice notice) {}

    private record Line(UUID id, Locale language, String text, boolean urgent) {}

    @Override
    public void tell(SiteId site, AgentId agent, Notice notice) {
        try {
            database.write(sql -> {
                sql.update(
                        "delete from platform_notice where told_at <= ?",
                        clock.instant().minus(SHOWN));
                write(sql, site, agent, notice);
                return null;
            });
            bell.changedEverywhere(site);
        } catch (RuntimeException e) {
            LOG.warn("Agent {} of site {} could not be told something", agent, site, e);
        }
    }

    private void write(Sql sql, SiteId site, AgentId agent, Notice notice) throws SQLException {
        var id = ids.next();
        for (var text : notice.texts().entrySet()) {
            sql.update(
                    "insert into platform_notice (site, agent, id, language, text, urgent, told_at)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    site,
                    agent,
                    id,
                    text.getKey().toLanguageTag(),
                    text.getValue(),
                    notice.urgent(),
                    clock.instant());
        }
    }

    /** The latest ones, the latest last. */
    List<Told> of(SiteId site, AgentId agent) {
        var lines = database.read(sql -> sql.all(
                "select id, language, text, urgent from platform_notice where site = ? and agent = ? and told_at > ?"
                        + " order by told_at, id, language",
                Notices::line,
                site,
                agent,
                clock.instant().minus(SHOWN)));
        var told = new ArrayList<Told>();
        var texts = new HashMap<Locale, String>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            texts.put(line.language(), line.text());
            if (i + 1 == lines.size() || !lines.get(i + 1).id().equals(line.id())) {
                told.add(new Told(line.id(), new Notice(Map.copyOf(texts), line.urgent())));
                texts.clear();
            }
        }
        return List.copyOf(told.subList(Math.max(0, told.size() - MOST), told.size()));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                Sql.uuid(row, "id"),
                Locale.forLanguageTag(row.getString("language")),
                row.getString("text"),
                row.getInt("urgent") == 1);
    }
}
