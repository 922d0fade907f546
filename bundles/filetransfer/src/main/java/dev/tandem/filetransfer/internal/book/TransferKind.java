package dev.tandem.filetransfer.internal.book;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

import dev.tandem.filetransfer.FileTransferEvent;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** Transfers as streams. Names and paths are personal texts, and not in them. */
final class TransferKind implements StreamKind<TransferState, Fact> {
    private final BiConsumer<SiteId, SessionId> changed;

    /** @param changed is told on every node, at once */
    TransferKind(BiConsumer<SiteId, SessionId> changed) {
        this.changed = changed;
    }

    @Override
    public String name() {
        return "file-transfer";
    }

    @Override
    public EventTypes<Fact> events() {
        return Fact.TYPES;
    }

    @Override
    public TransferState initial() {
        return TransferState.NONE;
    }

    @Override
    public TransferState evolve(TransferState state, Fact event) {
        return state.with(event);
    }

    @Override
    public void project(Sql sql, Recorded<Fact> event, TransferState after) throws SQLException {
        TransferTable.project(sql, event, after);
    }

    @Override
    public Decision<Fact, None> due(TransferState state, String deadline, Instant now) {
        return TransferRules.due(state, deadline, now);
    }

    @Override
    public List<Object> publish(Recorded<Fact> event, TransferState after) {
        var site = event.site();
        var session = session(after);
        var id = new TransferId(event.stream());
        var fact = event.event();
        if (fact instanceof Fact.Announced now) {
            return List.of(new FileTransferEvent.Announced(site, session, id, new ParticipantId(now.from())));
        } else if (fact instanceof Fact.Offered) {
            return List.of(new FileTransferEvent.Offered(site, session, id));
        } else if (fact instanceof Fact.Agreed now) {
            return List.of(new FileTransferEvent.Agreed(site, session, id, new ParticipantId(now.by())));
        } else if (fact instanceof Fact.Declined now) {
            return List.of(new FileTransferEvent.Declined(site, session, id, new ParticipantId(now.by())));
        } else if (fact instanceof Fact.Delivered) {
            return List.of(new FileTransferEvent.Delivered(site, session, id));
        } else if (fact instanceof Fact.FileRefused now) {
            return List.of(new FileTransferEvent.FileRefused(site, session, id, now.file(), now.reason()));
        } else if (fact instanceof Fact.Cancelled now) {
            return List.of(new FileTransferEvent.Cancelled(site, session, id, now.why()));
        } else if (fact instanceof Fact.Removed) {
            return List.of(new FileTransferEvent.Removed(site, session, id));
        }
        return List.of();
    }

    @Override
    public void committed(Recorded<Fact> event, TransferState after) {
        changed.accept(event.site(), session(after));
    }

    private static SessionId session(TransferState state) {
        return new SessionId(state.announced().orElseThrow().session());
    }
}
