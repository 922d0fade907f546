package dev.tandem.recording.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Journal;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.journal.Streams;
import dev.tandem.journal.Streams.Decider;
import dev.tandem.platform.SiteId;
import dev.tandem.recording.Recording;
import dev.tandem.recording.RecordingId;
import dev.tandem.recording.Recordings;
import dev.tandem.recording.internal.RecordingRules.NewPart;
import dev.tandem.session.SessionId;
import dev.tandem.web.LiveChannel;

/** The recordings of this node's sites, open while the component is active. */
@Component(service = {Recordings.class, RecordingBook.class})
public final class RecordingBook implements Recordings {
    private final Database database;
    private final Streams<RecordingState, Fact> streams;
    private final List<BiConsumer<SiteId, SessionId>> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public RecordingBook(@Reference Journal journal, @Reference Database database, @Reference LiveChannel live) {
        this.database = database;
        database.migrate("recording", RecordingBook.class, RecordingTable.MIGRATIONS);
        this.streams = journal.open(new RecordingKind((site, session) -> {
            live.ring(site, RecordingTopics.KIND + "/" + session);
            listeners.forEach(listener -> listener.accept(site, session));
        }));
    }

    @Deactivate
    public void close() {
        streams.close();
    }

    /** Is told of every change, on every node, to return at once. @return undoes it */
    Runnable listen(BiConsumer<SiteId, SessionId> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Optional<Recording> find(SiteId site, RecordingId recording) {
        return load(site, recording.value());
    }

    private Optional<Recording> load(SiteId site, UUID id) {
        var current = streams.load(site, id);
        return RecordingTable.known(site, id, current.state(), current.version());
    }

    @Override
    public List<Recording> of(SiteId site, SessionId session) {
        var latest = new ArrayList<>(recordings(site, database.read(sql -> RecordingTable.of(sql, site, session))));
        java.util.Collections.reverse(latest);
        return latest;
    }

    @Override
    public List<Recording> before(SiteId site, Instant before, int most) {
        if (most < 1 || most > LONGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LONGEST_PAGE + " recordings");
        }
        return recordings(site, database.read(sql -> RecordingTable.before(sql, site, before, most)));
    }

    /** The one of that session that is asked for or made now. */
    Optional<Recording> open(SiteId site, SessionId session) {
        return recordings(site, database.read(sql -> RecordingTable.open(sql, site, session))).stream()
                .filter(recording -> recording.state().open())
                .findFirst();
    }

    /** Those of all sites with which something is yet to be done. */
    List<Recording> todo() {
        return database.read(RecordingTable::todo).stream()
                .flatMap(found -> load(found.site(), found.recording()).stream())
                .toList();
    }

    long position(SiteId site, SessionId session) {
        return database.read(sql -> RecordingTable.position(sql, site, session));
    }

    long bytes(SiteId site) {
        return database.read(sql -> RecordingTable.bytes(sql, site));
    }

    private List<Recording> recordings(SiteId site, List<UUID> ids) {
        return ids.stream().flatMap(id -> load(site, id).stream()).toList();
    }

    Answer<None> execute(
            SiteId site, RecordingId id, UUID command, String actor, Decider<RecordingState, Fact, None> decider) {
        return streams.execute(new Command<>(site, id.value(), command, actor, None.class), decider);
    }

    /** A part, for as long as that lease is held: who has lost it begins none. */
    Answer<NewPart> beginPart(Recording of, String node, UUID command, Lease lease) {
        return streams.execute(
                new Command<>(of.site(), of.id().value(), command, "system", NewPart.class).under(lease),
                (state, now) -> RecordingRules.beginPart(state, node, now));
    }
}
