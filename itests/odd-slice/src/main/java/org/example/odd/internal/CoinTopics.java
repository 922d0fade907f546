package org.example.odd.internal;

import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** {@code odd-coin/SESSION}: the coin as it is, always the whole of it. */
@Component
public final class CoinTopics implements LiveTopics {
    static final String KIND = "odd-coin";

    private final Coins coins;
    private final SupportSessions sessions;

    @Activate
    public CoinTopics(@Reference Coins coins, @Reference SupportSessions sessions) {
        this.coins = coins;
        this.sessions = sessions;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        var session = session(id);
        sessions.membership(caller, session);
        var coin = coins.view(caller.site(), session);
        return new Delivery.Snapshot(new Message(coin.version(), "odd.coin", coin));
    }

    /** The session that an id in a topic or path names. */
    public static SessionId session(String id) {
        try {
            return new SessionId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }
}
