package dev.tandem.filetransfer.internal.desk;

import java.util.List;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.filetransfer.internal.book.TransferBook;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** {@code filetransfer/SESSION} on the live channel: always all that the caller sees of its transfers. */
@Component(service = LiveTopics.class)
public final class FilesTopics implements LiveTopics {
    static final String STATE = "filetransfer.state";

    private final SupportSessions sessions;
    private final Views views;
    private final Progress progress;

    @Activate
    public FilesTopics(@Reference SupportSessions sessions, @Reference Views views, @Reference Progress progress) {
        this.sessions = sessions;
        this.views = views;
        this.progress = progress;
    }

    @Override
    public String kind() {
        return TransferBook.TOPIC;
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        var in = sessions.membership(caller, session(id));
        // Asked before what it counts: a state that is newer than its number is sent once more.
        long number = progress.number(caller.site(), in.session().id(), after);
        if (number <= after) {
            return new Delivery.Messages(List.of());
        }
        var listing = views.listing(new Gate.Place(in.session(), in.participant()));
        progress.counted(caller.site(), in.session().id(), listing.transfers().size());
        return new Delivery.Snapshot(new Message(number, STATE, listing));
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
