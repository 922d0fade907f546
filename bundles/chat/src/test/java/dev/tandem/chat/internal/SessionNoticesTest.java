package dev.tandem.chat.internal;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.chat.ChatMessage;
import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;

/** Notices come from what another kind of stream publishes, over the real journal. */
public class SessionNoticesTest {
    /** As a session's stream publishes; what happened is its name. */
    record Happened(String what, Optional<UUID> who) {}

    /** A stand-in for the stream of a session. */
    private static final class SessionLikeKind implements StreamKind<Long, Happened> {
        @Override
        public String name() {
            return "session";
        }

        @Override
        public EventTypes<Happened> events() {
            return EventTypes.<Happened>none().with("test.happened.v1", Happened.class);
        }

        @Override
        public Long initial() {
            return 0L;
        }

        @Override
        public Long evolve(Long state, Happened event) {
            return state + 1;
        }

        @Override
        public List<Object> publish(Recorded<Happened> event, Long after) {
            var site = event.site();
            var session = new SessionId(event.stream());
            var who = event.event().who().map(ParticipantId::new);
            return switch (event.event().what()) {
                case "started" -> List.of(new SessionEvent.Started(site, session));
                case "joined" -> List.of(new SessionEvent.Joined(site, session, who.orElseThrow()));
                case "left" -> List.of(new SessionEvent.Left(site, session, who.orElseThrow()));
                case "screen" -> List.of(new SessionEvent.ActivityStarted(site, session, "screen", who.orElseThrow()));
                case "dance" -> List.of(new SessionEvent.ActivityStarted(site, session, "dance", who.orElseThrow()));
                case "passed" -> List.of(new SessionEvent.ControlPassed(site, session, who, who.orElseThrow(), 2));
                case "handed-over" -> List.of(new SessionEvent.Transferring(site, session, who));
                case "taken" -> List.of(
                        new SessionEvent.Taken(site, session, who.orElseThrow(), 3),
                        new SessionEvent.ControlPassed(site, session, Optional.empty(), who.orElseThrow(), 3));
                case "no-screen" -> List.of(new SessionEvent.ActivityStopped(site, session, "screen"));
                default -> List.of(new SessionEvent.Ended(site, session, SupportSession.EndReason.BY_AGENT));
            };
        }
    }

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Scene scene;
    private Streams<Long, Happened> sessionStreams;

    @Before
    public void open() {
        scene = new Scene(folder.getRoot().toPath());
        sessionStreams = scene.journal.journal().open(new SessionLikeKind());
    }

    @After
    public void close() {
        sessionStreams.close();
        scene.close();
    }

    @Test
    public void comingsGoingsSharingAndTheEndStandInTheConversation() {
        var marie = Optional.of(scene.marie.id().value());
        try (var heard = scene.journal.subscribe(new SessionNotices(scene.conversations()))) {
            happens("started", Optional.empty());
            happens("joined", marie);
            happens("screen", marie);
            happens("dance", marie);
            happens("no-screen", Optional.empty());
            happens("passed", Optional.of(scene.anna.id().value()));
            happens("handed-over", Optional.of(scene.anna.id().value()));
            happens("taken", Optional.of(scene.anna.id().value()));
            happens("left", marie);
            happens("ended", Optional.empty());
            scene.journal.settle();
        }
        assertEquals(
                List.of(
                        "joined Marie Dupont",
                        "screen-started Marie Dupont",
                        "screen-stopped ",
                        "control-passed Anna Bell",
                        "handed-over Anna Bell",
                        "taken Anna Bell",
                        "left Marie Dupont",
                        "ended "),
                notices());
    }

    @Test
    public void whatHappenedWhileTheSliceWasStoppedIsNotedOnceWithItsTime() {
        scene.stop();
        var then = scene.clock.instant();
        happens("joined", Optional.of(scene.marie.id().value()));
        scene.clock.advance(Duration.ofMinutes(7));
        scene.start();
        for (int i = 0; i < 2; i++) {
            try (var heard = scene.journal.subscribe(new SessionNotices(scene.conversations()))) {
                scene.journal.settle();
            }
        }
        assertEquals(List.of("joined Marie Dupont"), notices());
        assertEquals(then, scene.all().get(0).at());
    }

    @Test
    public void anEventThatComesTwiceIsNotedOnce() {
        var notices = new SessionNotices(scene.conversations());
        var event = new Published(
                Scene.ACME,
                1,
                scene.id(),
                scene.session.id().value(),
                scene.clock.instant(),
                new SessionEvent.Joined(Scene.ACME, scene.session.id(), scene.anna.id()));
        notices.on(event);
        notices.on(event);
        assertEquals(List.of("joined Anna Bell"), notices());
    }

    @Test
    public void eventsOfOthersAndOfForgottenSessionsAreNothing() {
        var notices = new SessionNotices(scene.conversations());
        var nowhere = new SessionId(scene.id());
        for (var event : List.of("a text", new SessionEvent.Joined(Scene.ACME, nowhere, scene.anna.id()))) {
            notices.on(new Published(Scene.ACME, 1, scene.id(), scene.id(), scene.clock.instant(), event));
        }
        assertEquals(List.of(), notices());
    }

    private void happens(String what, Optional<UUID> who) {
        sessionStreams.execute(
                new Command<>(Scene.ACME, scene.session.id().value(), scene.id(), "system", None.class),
                (state, now) -> Decision.accept(List.of(new Happened(what, who))));
    }

    private List<String> notices() {
        return scene.all().stream()
                .flatMap(message -> message.notice().stream())
                .map((ChatMessage.Notice notice) -> notice.code() + " " + notice.name())
                .toList();
    }
}
