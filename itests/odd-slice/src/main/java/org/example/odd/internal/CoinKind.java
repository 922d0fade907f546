package org.example.odd.internal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import org.example.odd.CoinEvent;
import org.example.odd.internal.Coin.Fact;
import org.example.odd.internal.Coin.Landed;
import org.example.odd.internal.Coin.Tossed;

import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.web.LiveChannel;

/** Coins as streams; the stream's id is the session's. */
final class CoinKind implements StreamKind<Coin, Fact> {
    static final String LANDING = "landing";
    static final EventTypes<Fact> EVENTS =
            EventTypes.<Fact>none().with("odd.coin.tossed.v1", Tossed.class).with("odd.coin.landed.v1", Landed.class);

    private final LiveChannel live;

    CoinKind(LiveChannel live) {
        this.live = live;
    }

    @Override
    public String name() {
        return "odd-coin";
    }

    @Override
    public EventTypes<Fact> events() {
        return EVENTS;
    }

    @Override
    public Coin initial() {
        return Coin.NEW;
    }

    @Override
    public Coin evolve(Coin coin, Fact fact) {
        return coin.after(fact);
    }

    @Override
    public void project(Sql sql, Recorded<Fact> event, Coin after) throws SQLException {
        sql.update(
                "INSERT INTO odd_coin (site, session, heads, tails, in_the_air, version) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (site, session) DO UPDATE SET heads = excluded.heads, tails = excluded.tails,"
                        + " in_the_air = excluded.in_the_air, version = excluded.version",
                event.site(),
                event.stream(),
                after.heads(),
                after.tails(),
                after.inTheAir().isPresent(),
                event.version());
    }

    @Override
    public Decision<Fact, None> due(Coin coin, String deadline, Instant now) {
        return coin.inTheAir()
                .<Decision<Fact, None>>map(toss -> Decision.accept(List.<Fact>of(new Landed(toss.side(), toss.by()))))
                .orElseGet(Decision::nothing);
    }

    @Override
    public List<Object> publish(Recorded<Fact> event, Coin after) {
        return event.event() instanceof Landed landed
                ? List.of(new CoinEvent.Landed(
                        event.site(), new SessionId(event.stream()), landed.side(), new ParticipantId(landed.by())))
                : List.of();
    }

    @Override
    public void committed(Recorded<Fact> event, Coin after) {
        live.ring(event.site(), CoinTopics.KIND + "/" + event.stream());
    }
}
