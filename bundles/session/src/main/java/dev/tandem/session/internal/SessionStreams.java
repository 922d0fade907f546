package dev.tandem.session.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Journal;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;
import dev.tandem.web.LiveChannel;

/** The open streams of sessions and their read models; rings after each event. */
@Component(service = SessionStreams.class)
public final class SessionStreams {
    static final String TOPIC_KIND = "session";
    private static final int CHUNK = 500;

    private final Tables tables;
    private final Helped helped;
    private final InvitationTable invitations;
    private final PageTable pages;
    private final LiveChannel live;
    private final ActivityBell activities;
    private final Later later;
    private final Streams<SessionState, Fact> streams;

    @Activate
    public SessionStreams(
            @Reference Journal journal,
            @Reference Database database,
            @Reference LiveChannel live,
            @Reference ActivityBell activities,
            @Reference Later later) {
        this.tables = new Tables(database);
        this.helped = new Helped(database);
        this.invitations = new InvitationTable(database);
        this.pages = new PageTable(database);
        this.live = live;
        this.activities = activities;
        this.later = later;
        tables.migrate();
        this.streams = journal.open(new SessionKind(this::committed));
    }

    Tables tables() {
        return tables;
    }

    InvitationTable invitations() {
        return invitations;
    }

    Helped helped() {
        return helped;
    }

    PageTable pages() {
        return pages;
    }

    Streams.Current<SessionState> load(SiteId site, UUID session) {
        return streams.load(site, session);
    }

    <A> Answer<A> execute(Command<A> command, Streams.Decider<SessionState, Fact, A> decider) {
        return streams.execute(command, (state, now) -> ConsentRules.settled(state, now, decider.decide(state, now)));
    }

    /** Everything of that kind that has happened in a session, in order. */
    <F extends Fact> List<F> history(SiteId site, UUID session, Class<F> kind) {
        var all = new ArrayList<F>();
        for (long after = 0; ; ) {
            var events = streams.read(site, session, after, CHUNK);
            for (var recorded : events) {
                if (kind.isInstance(recorded.event())) {
                    all.add(kind.cast(recorded.event()));
                }
                after = recorded.version();
            }
            if (events.size() < CHUNK) {
                return all;
            }
        }
    }

    void ring(SiteId site, UUID session) {
        live.ring(site, TOPIC_KIND + "/" + session);
    }

    private void committed(Recorded<Fact> recorded) {
        ring(recorded.site(), recorded.stream());
        if (recorded.event() instanceof Fact.ActivityStopped stopped) {
            var session = new SessionId(recorded.stream());
            later.run(Duration.ZERO, () -> activities.stopped(recorded.site(), session, stopped.activity()));
        }
    }

    @Deactivate
    void close() {
        streams.close();
    }
}
