package dev.tandem.recording;

import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;

/** What has happened to a recording, as published to {@link dev.tandem.journal.EventSubscriber}s. */
public sealed interface RecordingEvent {
    /** The session's site. */
    SiteId site();

    /** The session that is recorded. */
    SessionId session();

    /** The recording. */
    RecordingId recording();

    /** The others were asked. */
    record Asked(SiteId site, SessionId session, RecordingId recording) implements RecordingEvent {}

    /** All have allowed it: it runs. */
    record Begun(SiteId site, SessionId session, RecordingId recording) implements RecordingEvent {}

    /** It has ended, or will not begin. */
    record Ended(SiteId site, SessionId session, RecordingId recording, Recording.Ending why)
            implements RecordingEvent {}

    /** All of its files are finished: it can be played. */
    record Finished(SiteId site, SessionId session, RecordingId recording, long millis, long bytes)
            implements RecordingEvent {}

    /** Its files are to be deleted. */
    record Removed(SiteId site, SessionId session, RecordingId recording) implements RecordingEvent {}
}
