package dev.tandem.web.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.journal.Database;
import dev.tandem.journal.Sql;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;

/**
 * Tickets open one socket each, within 30 seconds, on any node. A ticket for a download stands in its address, since a browser
 * that saves a file sends no token along; it holds for that one path and for longer, since a browser comes back to go on. A
 * ticket reads {@code site.secret}; the database knows the hash of the secret.
 */
@Component(service = Tickets.class)
public final class Tickets {
    static final Duration LIFE = Duration.ofSeconds(30);
    static final Duration DOWNLOAD = Duration.ofMinutes(10);
    private static final String OF_DOWNLOAD = "download";
    private static final int LONGEST = 200;

    private final Database database;
    private final Clock clock;
    private final ObjectMapper mapper = Mappers.house();
    private final SecureRandom random = new SecureRandom();

    @Activate
    public Tickets(@Reference WebTables tables, @Reference Clock clock) {
        this.database = tables.database();
        this.clock = clock;
    }

    public String live(Caller caller) {
        return make(caller, "live", Optional.empty(), Optional.empty(), LIFE);
    }

    public String media(Caller caller, UUID session, String channel) {
        return make(caller, "media", Optional.of(session), Optional.of(channel), LIFE);
    }

    /** @param path of what may be read by it */
    public String download(Caller caller, String path) {
        return make(caller, OF_DOWNLOAD, Optional.empty(), Optional.of(path), DOWNLOAD);
    }

    private String make(
            Caller caller, String purpose, Optional<UUID> session, Optional<String> channel, Duration life) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var stored = json(StoredCaller.of(caller));
        database.write(sql -> sql.update(
                "INSERT INTO web_tickets (site, hash, purpose, caller, session, channel, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                caller.site(),
                hash(secret),
                purpose,
                stored,
                session,
                channel,
                clock.instant().plus(life)));
        return caller.site() + "." + secret;
    }

    /** Uses a ticket up. Empty if there is none like that (any more). */
    public Optional<Ticket> take(String ticket) {
        return Shown.of(ticket)
                .flatMap(shown -> database.write(sql -> sql.first(
                        "DELETE FROM web_tickets WHERE site = ? AND hash = ? AND purpose <> ?"
                                + " RETURNING purpose, caller, session, channel, expires_at",
                        row -> new Taken(Sql.instant(row, "expires_at"), read(row)),
                        shown.site(),
                        hash(shown.secret()),
                        OF_DOWNLOAD)))
                .filter(taken -> clock.instant().isBefore(taken.until()))
                .map(Taken::ticket);
    }

    /** Who may read that path by that ticket, which stays as good as it was. Empty if it is not for that, or not any more. */
    public Optional<Caller> reader(String ticket, String path) {
        return Shown.of(ticket)
                .flatMap(shown -> database.ask(sql -> sql.first(
                        "SELECT caller, expires_at FROM web_tickets"
                                + " WHERE site = ? AND hash = ? AND purpose = ? AND channel = ?",
                        row -> new Reader(Sql.instant(row, "expires_at"), caller(row.getString("caller"))),
                        shown.site(),
                        hash(shown.secret()),
                        OF_DOWNLOAD,
                        path)))
                .filter(reader -> clock.instant().isBefore(reader.until()))
                .map(Reader::caller);
    }

    private record Shown(String site, String secret) {
        static Optional<Shown> of(String ticket) {
            int dot = ticket.indexOf('.');
            return dot < 1 || ticket.length() > LONGEST
                    ? Optional.empty()
                    : Optional.of(new Shown(ticket.substring(0, dot), ticket.substring(dot + 1)));
        }
    }

    /** Nothing is saved any more by what an agent was given with a sign-in that may be over. */
    void forget(SiteId site, AgentId agent) {
        database.write(sql -> {
            var theirs = sql
                    .all(
                            "SELECT hash, caller FROM web_tickets WHERE site = ? AND purpose = ?",
                            row -> new Owned(row.getString("hash"), caller(row.getString("caller"))),
                            site,
                            OF_DOWNLOAD)
                    .stream()
                    .filter(one -> one.caller() instanceof Caller.OfAgent known
                            && known.agent().id().equals(agent))
                    .toList();
            for (var one : theirs) {
                sql.update("DELETE FROM web_tickets WHERE site = ? AND hash = ?", site, one.hash());
            }
            return theirs.size();
        });
    }

    private record Owned(String hash, Caller caller) {}

    /** Deletes what nobody fetched in time. */
    void sweep() {
        database.write(sql -> sql.update("DELETE FROM web_tickets WHERE expires_at < ?", clock.instant()));
    }

    private record Taken(Instant until, Ticket ticket) {}

    private record Reader(Instant until, Caller caller) {}

    private Ticket read(ResultSet row) throws SQLException {
        var caller = caller(row.getString("caller"));
        return row.getString("purpose").equals("live")
                ? new Ticket.Live(caller)
                : new Ticket.Media(caller, Sql.uuid(row, "session"), row.getString("channel"));
    }

    private Caller caller(String json) {
        try {
            return mapper.readValue(json, StoredCaller.class).caller();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored ticket cannot be read", e);
        }
    }

    private String json(StoredCaller caller) {
        try {
            return mapper.writeValueAsString(caller);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a caller cannot be written", e);
        }
    }

    private static String hash(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
