package dev.tandem.outbox.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.outbox.Message;
import dev.tandem.outbox.MessageId;
import dev.tandem.platform.SiteId;

/** The outbox of all sites, for administrators. */
@Component(service = Overview.class)
public final class Overview {
    private static final Duration LATELY = Duration.ofDays(7);
    private static final Duration LAST_DAY = Duration.ofDays(1);
    private static final int MOST = 500;

    private final OutboxStreams streams;
    private final Ids ids;

    @Activate
    public Overview(@Reference OutboxStreams streams, @Reference Ids ids) {
        this.streams = streams;
        this.ids = ids;
    }

    /** A message of a site. */
    public record Placed(SiteId site, Message message) {}

    /** @param all also what is finished and was queued within a day; else what waits, and the week's trouble */
    public List<Placed> list(boolean all) {
        var now = streams.now();
        var rows = all
                ? streams.table().since(now.minus(LAST_DAY), MOST)
                : streams.table().troubled(now.minus(LATELY), MOST);
        return rows.stream()
                .map(row -> streams.find(row.site(), new MessageId(row.message()))
                        .map(message -> new Placed(row.site(), message)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Tries a message again, of whichever site. */
    public Answer<None> again(UUID message, String actor) {
        return streams.table()
                .find(message)
                .map(row -> streams.again(row.site(), new MessageId(message), actor, ids.next()))
                .orElseGet(() -> new Answer.Refused<>(
                        new Refusal(Refusal.Reason.UNKNOWN, "unknown", "There is no such message.")));
    }
}
