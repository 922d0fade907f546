package dev.tandem.recording.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.testing.GoldenEvents;
import dev.tandem.recording.Recording.Ending;
import dev.tandem.recording.Recording.PartState;
import dev.tandem.recording.Recording.State;
import dev.tandem.recording.internal.webm.Real;
import dev.tandem.session.Consent;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.ProblemException;

/** From the question to the deleted file, over a real journal and real files. */
public class RecordingLifeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Scene scene;

    @Before
    public void open() {
        scene = new Scene(folder.getRoot().toPath());
    }

    @After
    public void close() {
        scene.close();
    }

    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(RecordingKind.EVENTS);
    }

    @Test
    public void nothingIsWrittenBeforeEverybodyHasAllowedIt() {
        var paul = scene.session.join(Cast.customer("Paul"));
        assertEquals(State.ASKING, scene.press().state());
        assertEquals("each is asked", 2, scene.sessions.asked.size());
        scene.allow(scene.marie);
        scene.look();
        assertEquals(State.ASKING, scene.latest().state());
        assertFalse(scene.session.running());
        assertEquals(0, scene.screen.watching());
        assertFalse("no file", Files.exists(scene.folder));
        scene.allow(paul);
        scene.look();
        assertEquals(State.RECORDING, scene.latest().state());
        assertTrue(scene.session.running());
        assertEquals(1, scene.screen.watching());
        assertEquals("asked once, however often it was looked at", 2, scene.sessions.asked.size());
    }

    @Test
    public void whoRefusesIsNamedAndNothingBegins() {
        scene.press();
        scene.answer(scene.marie, Consent.State.DENIED);
        scene.director.advance(Scene.ACME, scene.session.id());
        var recording = scene.latest();
        assertEquals(State.CANCELLED, recording.state());
        assertEquals(Optional.of(Ending.REFUSED), recording.ending());
        assertEquals(Optional.of(scene.marie.id()), recording.refusedBy());
        assertFalse(scene.session.running());
        scene.clock.advance(SECOND);
        assertEquals("pressed again, asked again", State.ASKING, scene.press().state());
        assertEquals(2, scene.sessions.asked.size());
    }

    @Test
    public void aPressWhileItRunsChangesNothing() {
        var first = scene.recording();
        assertEquals(first.id(), scene.press().id());
        assertEquals(1, scene.book.of(Scene.ACME, scene.session.id()).size());
    }

    @Test
    public void onlyTheControllerStartsAndStops() {
        var bob = scene.session.join(Cast.agent("bob"));
        var asBob = new dev.tandem.web.Caller.OfAgent(Scene.agent("bob"));
        assertEquals(
                "not-controller",
                assertThrows(
                                ProblemException.class,
                                () -> scene.desk.start(asBob, scene.session.id(), UUID.randomUUID()))
                        .problem()
                        .code());
        scene.press();
        scene.allow(bob);
        assertThrows(ProblemException.class, () -> scene.desk.stop(asBob, scene.latest(), UUID.randomUUID()));
    }

    @Test
    public void whereTheSiteForbidsItNobodyIsAsked() {
        scene.values.allowed = false;
        var refused = assertThrows(ProblemException.class, () -> scene.press());
        assertEquals("recording-not-allowed", refused.problem().code());
        assertEquals(0, scene.sessions.asked.size());
    }

    @Test
    public void picturesBecomeAFileThatIsAsLongAsItTook() throws IOException {
        scene.recording();
        play(0);
        scene.pass(Duration.ofSeconds(7));
        scene.desk.stop(scene.asAnna(), scene.latest(), UUID.randomUUID());
        scene.look();
        scene.look();
        var recording = scene.latest();
        assertEquals(State.FINISHED, recording.state());
        assertEquals(Optional.of(Ending.STOPPED), recording.ending());
        assertEquals(10_000, recording.millis(), 2_100);
        var place = scene.shelf.place(recording, 1);
        assertEquals(recording.bytes(), Files.size(place.finished()));
        assertFalse("only the finished one is left", Files.exists(place.live()));
        assertEquals("nobody watches any more", 0, scene.screen.watching());
    }

    @Test
    public void whoComesLaterIsAskedAndUntilTheAnswerNothingIsWritten() throws IOException {
        scene.recording();
        play(0);
        long before = written();
        var paul = scene.session.join(Cast.customer("Paul"));
        scene.recorder.recheck(Scene.ACME, scene.session.id());
        scene.director.advance(Scene.ACME, scene.session.id());
        assertEquals(
                Optional.of(Consent.State.ASKED),
                scene.session.consent(paul.id(), Director.NAME).map(Consent::state));
        play(0);
        assertTrue("only how far it has come", written() - before < 200);
        assertEquals("it goes on all the same", State.RECORDING, scene.latest().state());
        scene.allow(paul);
        scene.look();
        long resumed = written();
        play(0);
        assertTrue("it is written again", written() - resumed > 3_000);
    }

    @Test
    public void aLateNoKeepsItPausedAndIsNotAskedAgain() throws IOException {
        scene.recording();
        var paul = scene.session.join(Cast.customer("Paul"));
        scene.look();
        scene.clock.advance(SECOND);
        scene.answer(paul, Consent.State.DENIED);
        int asked = scene.sessions.asked.size();
        scene.look();
        scene.look();
        assertEquals(asked, scene.sessions.asked.size());
        assertEquals(State.RECORDING, scene.latest().state());
        long before = written();
        play(0);
        assertTrue(written() - before < 200);
        scene.session.leave(paul.id());
        scene.look();
        before = written();
        play(0);
        assertTrue("who has gone need not allow it", written() - before > 3_000);
    }

    @Test
    public void aWithdrawalEndsItAtOnceAndSaysWho() throws IOException {
        scene.recording();
        play(0);
        scene.answer(scene.marie, Consent.State.REVOKED);
        scene.recorder.stopped(Scene.ACME, scene.session.id());
        long before = written();
        Real.pictures().forEach(scene.screen::frame);
        scene.recorder.tick();
        assertTrue("not one picture more", written() - before < 200 || !Files.exists(live()));
        scene.director.advance(Scene.ACME, scene.session.id());
        assertEquals(Optional.of(Ending.REFUSED), scene.latest().ending());
        assertEquals(Optional.of(scene.marie.id()), scene.latest().refusedBy());
    }

    @Test
    public void W30_recordingEndsWhenControlPasses() {
        var bob = scene.session.join(Cast.agent("bob"));
        scene.press();
        scene.allow(scene.marie);
        scene.allow(bob);
        scene.look();
        assertEquals(State.RECORDING, scene.latest().state());
        scene.session.pass(bob.id());
        scene.look();
        scene.look();
        assertEquals(Optional.of(Ending.CONTROL_PASSED), scene.latest().ending());
        assertEquals(State.FINISHED, scene.latest().state());
        assertEquals(0, scene.screen.watching());
    }

    @Test
    public void itEndsWithTheSession() {
        scene.recording();
        scene.session.end();
        scene.look();
        assertEquals(Optional.of(Ending.SESSION_ENDED), scene.latest().ending());
    }

    @Test
    public void anotherNodeGoesOnWithAPartOfItsOwn() throws IOException {
        scene.recording();
        play(0);
        scene.elsewhere = true;
        scene.pass(SECOND);
        assertEquals("its tape is closed", 0, scene.screen.watching());
        scene.elsewhere = false;
        scene.look();
        scene.look();
        var recording = scene.latest();
        assertEquals(State.RECORDING, recording.state());
        assertEquals(2, recording.parts().size());
        assertEquals(PartState.DONE, recording.parts().get(0).state());
        assertEquals(PartState.WRITING, recording.parts().get(1).state());
    }

    @Test
    public void whatAKillLeftIsFinishedByTheNextStart() throws IOException {
        scene.recording();
        play(0);
        scene.recorder.tick();
        scene.kill();
        // A block that was being written.
        var live = live();
        Files.write(
                live, new byte[] {0x1F, 0x43, (byte) 0xB6, 0x75, 0x10, 0x22}, java.nio.file.StandardOpenOption.APPEND);
        scene.start();
        scene.session.end();
        scene.look();
        scene.look();
        var recording = scene.latest();
        assertEquals(State.FINISHED, recording.state());
        assertEquals("three seconds and a beat", 4_000, recording.millis(), 1_600);
    }

    @Test
    public void aFileThatIsGoneIsLostAndTheRestGoesOn() throws IOException {
        scene.recording();
        scene.kill();
        Files.delete(live());
        scene.start();
        scene.session.end();
        scene.look();
        scene.look();
        assertEquals(State.FINISHED, scene.latest().state());
        assertEquals(PartState.LOST, scene.latest().parts().get(0).state());
    }

    @Test
    public void withoutRoomItEndsAndTheSessionDoesNot() {
        scene.recording();
        scene.values.reserve = Long.MAX_VALUE / Settings.MEGABYTE;
        scene.look();
        assertEquals(Optional.of(Ending.NO_ROOM), scene.latest().ending());
        assertFalse(scene.session.running());
        assertEquals(
                dev.tandem.session.SupportSession.State.ACTIVE,
                scene.session.now().state());
        var refused = assertThrows(ProblemException.class, () -> scene.press());
        assertEquals("recording-no-room", refused.problem().code());
    }

    @Test
    public void afterItsTimeItsFileIsDeletedAndThenItIsRemoved() {
        scene.values.retention = 1;
        scene.recording();
        scene.desk.stop(scene.asAnna(), scene.latest(), UUID.randomUUID());
        scene.look();
        scene.look();
        var place = scene.shelf.place(scene.latest(), 1);
        assertTrue(Files.exists(place.finished()));
        scene.clock.advance(Duration.ofHours(23));
        scene.journal.fireDue();
        assertEquals(State.FINISHED, scene.latest().state());
        scene.clock.advance(Duration.ofHours(2));
        scene.journal.fireDue();
        assertEquals(State.REMOVED, scene.latest().state());
        scene.look();
        assertFalse(Files.exists(place.finished()));
        assertFalse(Files.exists(place.lines()));
        assertFalse(
                "the session's folder went, too", Files.exists(place.finished().getParent()));
        assertEquals(PartState.REMOVED, scene.latest().parts().get(0).state());
        assertEquals(List.of(), scene.book.todo());
    }

    @Test
    public void oneThatRunsCannotBeDeleted() {
        var recording = scene.recording();
        var refused = assertThrows(
                ProblemException.class, () -> scene.desk.remove(recording, "agent:anna", UUID.randomUUID()));
        assertEquals("recording-runs", refused.problem().code());
    }

    @Test
    public void filesThatNobodyKnowsAreSweptAfterADay() throws IOException {
        var mine = scene.recording();
        var known = scene.shelf.place(mine, 1).live();
        var orphan = known.resolveSibling(UUID.randomUUID() + "-1.webm");
        var foreign = known.resolveSibling("holiday.webm");
        for (var file : List.of(orphan, foreign)) {
            Files.writeString(file, "x");
        }
        for (var file : List.of(known, orphan, foreign)) {
            Files.setLastModifiedTime(file, FileTime.from(scene.clock.instant().minus(Duration.ofHours(30))));
        }
        scene.caretaker.sweep(scene.clock.instant().plus(Caretaker.SWEEP), Runnable::run);
        assertFalse(Files.exists(orphan));
        assertTrue("ours", Files.exists(known));
        assertTrue("somebody else's", Files.exists(foreign));
    }

    @Test
    public void aBundleThatStopsEndsWhatItRecords() {
        scene.recording();
        scene.recorder.close();
        assertFalse(scene.session.running());
        scene.book.close();
        scene.start();
        scene.look();
        scene.look();
        assertEquals(State.FINISHED, scene.latest().state());
        assertEquals(Optional.of(Ending.STOPPED), scene.latest().ending());
    }

    @Test
    public void aKeyFrameIsAskedForWhenOneIsMissingAndNowAndThen() {
        scene.recording();
        scene.screen.begins(scene.marie.id());
        scene.pass(SECOND);
        assertEquals("none has come yet", 1, scene.screen.keysAsked);
        Real.pictures().forEach(scene.screen::frame);
        scene.pass(SECOND);
        assertEquals(1, scene.screen.keysAsked);
        scene.pass(Tape.KEY_EVERY);
        assertEquals("the last one is old", 2, scene.screen.keysAsked);
    }

    @Test
    public void whatIsSaidAndHappensStandsBesideWithoutNames() throws IOException {
        scene.recording();
        scene.clock.advance(SECOND);
        scene.recorder.note(Scene.ACME, scene.session.id(), scene.clock.instant(), at -> Line.said(at, 5));
        scene.recorder.note(
                Scene.ACME,
                scene.session.id(),
                scene.clock.instant(),
                at -> Line.of(at, "joined", scene.marie.id().value()));
        scene.recorder.tick();
        var path = scene.shelf.place(scene.latest(), 1).lines();
        var lines = LineFile.read(path);
        assertEquals(List.of("said", "joined"), lines.stream().map(Line::what).toList());
        assertEquals(Optional.of(5L), lines.get(0).number());
        assertEquals(1_000, lines.get(0).at());
        assertFalse(Files.readString(path).contains("Marie"));
        Files.writeString(path, Files.readString(path) + "{\"at\":77,\"wh");
        assertEquals("a line that was cut off is none", 2, LineFile.read(path).size());
    }

    @Test
    public void othersWhoWereNotInTheSessionMayNotSeeIt() {
        var recording = scene.recording();
        var readers = new Readers(scene.sessions, scene.book);
        var id = recording.id().value();
        readers.readable(Scene.agent("anna"), id);
        readers.readable(Scene.agent("sue", dev.tandem.platform.Agent.Role.SUPERVISOR), id);
        readers.readable(Scene.agent("ada", dev.tandem.platform.Agent.Role.ADMINISTRATOR), id);
        assertThrows(ProblemException.class, () -> readers.readable(Scene.agent("bob"), id));
    }

    /** Three seconds of pictures, as they come, and a look after each second. */
    private void play(long pause) {
        scene.screen.begins(new ParticipantId(scene.marie.id().value()));
        int count = 0;
        for (var picture : Real.pictures()) {
            scene.clock.advance(Duration.ofMillis(100 + pause));
            scene.screen.frame(picture);
            if (++count % 10 == 0) {
                scene.recorder.tick();
            }
        }
    }

    private java.nio.file.Path live() {
        var recording = scene.latest();
        return scene.shelf.place(recording, recording.parts().size()).live();
    }

    private long written() throws IOException {
        var live = live();
        return Files.exists(live) ? Files.size(live) : 0;
    }
}
