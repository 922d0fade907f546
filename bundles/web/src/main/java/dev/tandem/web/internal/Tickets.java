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
import dev.tandem.web.Caller;

/**
 * Tickets open one socket each, within 30 seconds, on any node. A ticket reads {@code site.secret}; the database knows
 * the hash of the secret.
 */
@Component(service = Tickets.class)
public final class Tickets {
    static final Duration LIFE = Duration.ofSeconds(30);
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
        return make(caller, "live", Optional.empty(), Optional.empty());
    }

    public String media(Caller caller, UUID session, String channel) {
        return make(caller, "media", Optional.of(session), Optional.of(channel));
    }

    private String make(Caller caller, String purpose, Optional<UUID> session, Optional<String> channel) {
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
                clock.instant().plus(LIFE)));
        return caller.site() + "." + secret;
    }

    /** Uses a ticket up. Empty if there is none like that (any more). */
    public Optional<Ticket> take(String ticket) {
        int dot = ticket.indexOf('.');
        if (dot < 1 || ticket.length() > LONGEST) {
            return Optional.empty();
        }
        var site = ticket.substring(0, dot);
        var secret = ticket.substring(dot + 1);
        return database.write(sql -> sql.first(
                        "DELETE FROM web_tickets WHERE site = ? AND hash = ?"
                                + " RETURNING purpose, caller, session, channel, expires_at",
                        row -> new Taken(Sql.instant(row, "expires_at"), read(row)),
                        site,
                        hash(secret)))
                .filter(taken -> clock.instant().isBefore(taken.until()))
                .map(Taken::ticket);
    }

    /** Deletes what nobody fetched in time. */
    void sweep() {
        database.write(sql -> sql.update("DELETE FROM web_tickets WHERE expires_at < ?", clock.instant()));
    }

    private record Taken(Instant until, Ticket ticket) {}

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
