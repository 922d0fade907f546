package org.example.odd.internal;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.example.odd.CoinEvent.Side;
import org.example.odd.internal.Coin.Fact;
import org.example.odd.internal.Coin.Tossed;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Decision;
import dev.tandem.journal.Journal;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.web.LiveChannel;

/** The coins of all sessions. */
@Component(service = Coins.class)
public final class Coins {
    static final Duration FLIGHT = Duration.ofSeconds(2);

    private final Database database;
    private final Streams<Coin, Fact> streams;

    @Activate
    public Coins(@Reference Journal journal, @Reference Database database, @Reference LiveChannel live) {
        this.database = database;
        database.migrate("odd", Coins.class, List.of("001_coin.sql"));
        this.streams = journal.open(new CoinKind(live));
    }

    @Deactivate
    public void close() {
        streams.close();
    }

    /** How a coin is seen from outside. */
    public record View(long heads, long tails, boolean inTheAir, long version) {
        static final View UNTOUCHED = new View(0, 0, false, 0);
    }

    public View view(SiteId site, SessionId session) {
        return database.read(sql -> sql.first(
                        "SELECT heads, tails, in_the_air, version FROM odd_coin WHERE site = ? AND session = ?",
                        row -> new View(row.getLong(1), row.getLong(2), row.getInt(3) == 1, row.getLong(4)),
                        site,
                        session))
                .orElse(View.UNTOUCHED);
    }

    /** Throws the coin up; it lands by a deadline, two seconds later, even if the slice is stopped in between. */
    public Answer<None> toss(SiteId site, SessionId session, ParticipantId by, Side side, String actor, UUID command) {
        return streams.execute(
                new Command<>(site, session.value(), command, actor, None.class),
                (coin, now) -> coin.inTheAir().isPresent()
                        ? Decision.refuse(Refusal.Reason.CONFLICT, "coin-in-the-air", "The coin has not landed yet.")
                        : Decision.<Fact>accept(List.<Fact>of(new Tossed(side, by.value())))
                                .wake(CoinKind.LANDING, now.plus(FLIGHT)));
    }
}
