package dev.tandem.filetransfer.internal.desk;

import static dev.tandem.session.testing.Cast.ANNA;
import static dev.tandem.session.testing.Cast.BEN;
import static dev.tandem.session.testing.Cast.BEN_ID;
import static dev.tandem.session.testing.Cast.EVA;
import static dev.tandem.session.testing.Cast.MARIE;
import static dev.tandem.session.testing.Cast.MARIE_ID;
import static dev.tandem.session.testing.Cast.PAUL;
import static dev.tandem.session.testing.Cast.SESSION;
import static dev.tandem.session.testing.Cast.SITE;
import static dev.tandem.session.testing.Cast.STRANGER;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

import dev.tandem.filetransfer.FileTransfer.Ending;
import dev.tandem.filetransfer.FileTransfer.Kind;
import dev.tandem.filetransfer.FileTransfer.Reason;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.TransferId;
import dev.tandem.filetransfer.internal.desk.Scene.Sent;
import dev.tandem.filetransfer.internal.desk.Views.Listing;
import dev.tandem.filetransfer.internal.desk.Views.TransferView;
import dev.tandem.filetransfer.rest.TransfersResource.AcceptAll;
import dev.tandem.filetransfer.rest.TransfersResource.Folders;
import dev.tandem.filetransfer.rest.TransfersResource.NewFolder;
import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics.Delivery;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.testing.FakeCall;

/** What people do with transfers, by the doors that they use, on both databases. */
public class TransfersTest extends OnBothDatabases {
    private static final String S = SESSION.toString();

    private Scene scene;

    @Before
    public void open() {
        scene = new Scene(fresh());
    }

    @After
    public void close() {
        scene.close();
    }

    private Listing list(Caller caller) {
        return scene.resource.list(Scene.call(caller), S);
    }

    private TransferView view(Caller caller, Sent sent) {
        return scene.resource.get(Scene.call(caller), S, sent.id());
    }

    private static void refused(int status, String code, ThrowingRunnable doing) {
        var problem = assertThrows(ProblemException.class, doing).problem();
        assertEquals(status + " " + code, problem.status() + " " + problem.code());
    }

    private static void unknown(ThrowingRunnable doing) {
        assertEquals(
                "always the same body",
                Problem.unknown(),
                assertThrows(ProblemException.class, doing).problem());
    }

    @Test
    public void B12_aFolderGoesFromTheAgentToTheCustomerWhoIsHelped() {
        var announced = (TransferView) scene.resource
                .announce(Scene.call(ANNA), S, new NewFolder(Kind.FOLDER, "photos", 2, Optional.of(30L)))
                .getEntity();
        var id = new TransferId(announced.id());
        var one = scene.add(ANNA, id, "photos/one.txt", 10);
        var two = scene.add(ANNA, id, "photos/deep/two.txt", 20);
        scene.resource.folders(Scene.call(ANNA), S, id.toString(), new Folders(List.of("photos/empty")));
        scene.resource.complete(Scene.call(ANNA), S, id.toString());
        scene.ready(one);
        assertEquals(State.ARRIVING, view(MARIE, one).state());
        assertEquals(10, view(MARIE, one).received());
        scene.ready(two);

        var offered = view(MARIE, one);
        assertEquals(State.OFFERED, offered.state());
        assertTrue(offered.forMe());
        assertEquals(Optional.of("photos"), offered.name());
        assertEquals("nothing is read before somebody has agreed", Optional.empty(), offered.download());
        assertEquals("Paul has nothing to do with it", List.of(), list(PAUL).transfers());
        unknown(() -> view(PAUL, one));

        scene.resource.agree(Scene.call(MARIE), S, id.toString());
        assertEquals(
                Optional.of("/api/filetransfer/" + S + "/transfers/" + id + "/zip"),
                view(MARIE, one).download());
        assertEquals("not the sender", Optional.empty(), view(ANNA, one).download());
        var whole = scene.gate.readable(Scene.call(MARIE), id);
        assertEquals(List.of("photos/empty"), whole.folders());
        assertEquals(Optional.of("photos/deep/two.txt"), whole.files().get(1).path());

        scene.resource.delivered(Scene.call(MARIE), S, id.toString());
        assertEquals(State.DONE, view(ANNA, one).state());
        assertTrue("W39: every agent of the session", view(BEN, one).download().isPresent());
        var files = scene.resource.files(Scene.call(BEN), S, id.toString(), "1");
        assertEquals("two.txt", files.files().get(0).name());
        assertEquals(Optional.empty(), files.next());
    }

    @Test
    public void whoMaySend() {
        refused(403, "not-in-control", () -> scene.file(BEN, "a.txt", 1));
        refused(403, "viewers-do-not-send", () -> scene.file(EVA, "a.txt", 1));
        unknown(() -> scene.file(STRANGER, "a.txt", 1));
        scene.file(PAUL, "a.txt", 1);
        assertEquals(Optional.of("not-in-control"), list(BEN).why());
        assertTrue(list(MARIE).send());
        scene.session.handOver();
        refused(403, "not-allowed-now", () -> scene.file(MARIE, "a.txt", 1));
        scene.session.end();
        unknown(() -> scene.file(MARIE, "a.txt", 1));
    }

    @Test
    public void whoSwitchesFilesOffHasNone() {
        scene.session.terms(
                new dev.tandem.session.Terms(Optional.empty(), java.util.Set.of(FilesActivity.NAME), Optional.empty()));
        refused(403, "switched-off", () -> scene.file(ANNA, "a.txt", 1));
    }

    @Test
    public void B13_oneByteMoreThanAllowedIsRefusedBeforeAByteComes() {
        scene.file(ANNA, "largest", 1L << 30);
        refused(413, "file-too-large", () -> scene.file(ANNA, "larger", (1L << 30) + 1));
        scene.file(MARIE, "largest", 100L << 20);
        refused(413, "file-too-large", () -> scene.file(MARIE, "larger", (100L << 20) + 1));
        scene.set("filetransfer.to-customer-bytes", "10");
        assertEquals(10, list(ANNA).limits().toCustomer());
        refused(413, "file-too-large", () -> scene.file(ANNA, "larger", 11));
    }

    @Test
    public void ofThoseWhoComeAtOnceAsManyAreAdmittedAsThereIsRoomFor() throws Exception {
        scene.set("filetransfer.session-quota-bytes", "100");
        var sender = scene.gate.sender(Scene.call(MARIE), SESSION);
        var pool = Executors.newFixedThreadPool(10);
        try {
            var all = new ArrayList<Callable<String>>();
            for (int i = 0; i < 20; i++) {
                var id = "%032x".formatted(i);
                all.add(() -> {
                    try {
                        scene.gate.makeRoom(sender, id, Optional.of(10L), 0);
                        return "room";
                    } catch (ProblemException e) {
                        return e.problem().code();
                    }
                });
            }
            int made = 0;
            for (var one : pool.invokeAll(all)) {
                made += one.get().equals("room") ? 1 : 0;
            }
            assertEquals(10, made);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    public void quotasCountWhatIsKeptOrOnItsWay() {
        scene.set("filetransfer.session-quota-bytes", "100");
        var sent = scene.file(ANNA, "a", 60);
        refused(413, "quota-session", () -> scene.file(MARIE, "b", 41));
        scene.resource.cancel(Scene.call(ANNA), S, sent.id());
        scene.file(MARIE, "b", 41);
        scene.set("filetransfer.session-quota-bytes", "1000");
        scene.set("filetransfer.site-quota-bytes", "50");
        refused(413, "quota-site", () -> scene.file(MARIE, "c", 10));
        refused(
                413,
                "quota-site",
                () -> scene.resource.announce(
                        Scene.call(ANNA), S, new NewFolder(Kind.FOLDER, "f", 1, Optional.of(10L))));
    }

    @Test
    public void typesAreRefusedByNameAndListsAreRead() {
        scene.set("filetransfer.types-from-customer", "image/*, .pdf");
        refused(415, "type-not-allowed", () -> scene.file(MARIE, "a.exe", 1));
        scene.file(MARIE, "a.png", 1);
        scene.file(MARIE, "a.pdf", 1);
        scene.file(ANNA, "a.exe", 1);
        assertThrows(
                IllegalArgumentException.class, () -> scene.set("filetransfer.types-from-customer", "image/nonsuch"));
    }

    @Test
    public void foreignAndGuessedIdsAreNothingAtAll() {
        var sent = scene.file(ANNA, "a.txt", 1);
        scene.ready(sent);
        var other = UUID.randomUUID().toString();
        for (var caller : List.of(PAUL, STRANGER, EVA)) {
            unknown(() -> view(caller, sent));
            unknown(() -> scene.resource.agree(Scene.call(caller), S, sent.id()));
            unknown(() -> scene.resource.decline(Scene.call(caller), S, sent.id()));
            unknown(() -> scene.resource.cancel(Scene.call(caller), S, sent.id()));
            unknown(() -> scene.resource.delivered(Scene.call(caller), S, sent.id()));
            unknown(() -> scene.gate.mine(Scene.call(caller), sent.file()));
            unknown(() -> scene.gate.readable(Scene.call(caller), sent.file()));
        }
        for (var id : List.of(other, "nonsense", "", "../" + sent.id())) {
            unknown(() -> scene.resource.get(Scene.call(MARIE), S, id));
            unknown(() -> scene.resource.get(Scene.call(MARIE), id, sent.id()));
            unknown(() -> scene.gate.mine(Scene.call(ANNA), id));
        }
        unknown(() -> scene.gate.mine(Scene.call(MARIE), sent.file()));
        unknown(() -> scene.resource.agree(Scene.call(ANNA), S, sent.id()));
        unknown(() -> scene.gate.readable(Scene.call(MARIE), sent.file()));
        scene.resource.agree(Scene.call(MARIE), S, sent.id());
        assertEquals(
                sent.transfer(),
                scene.gate.readable(Scene.call(MARIE), sent.file()).id());
        unknown(() -> scene.gate.readable(Scene.call(PAUL), sent.file()));
        unknown(() -> scene.gate.readable(
                Scene.call(dev.tandem.session.testing.Cast.agent(
                        new dev.tandem.platform.SiteId("other"), "anna.bell", "Anna Bell")),
                sent.file()));
    }

    @Test
    public void anAgentWhoHasLeftSeesNothingUntilTheSessionHasEnded() {
        scene.session.leave(BEN_ID);
        var sent = scene.file(MARIE, "a.txt", 1);
        scene.ready(sent);
        scene.resource.agree(Scene.call(ANNA), S, sent.id());
        unknown(() -> list(BEN));
        unknown(() -> view(BEN, sent));
        unknown(() -> scene.gate.readable(Scene.call(BEN), sent.file()));
        unknown(() -> scene.gate.readable(Scene.call(BEN), sent.transfer()));
        assertTrue(view(ANNA, sent).download().isPresent());
        scene.session.end();
        assertTrue("W39: every agent who was in it", view(BEN, sent).download().isPresent());
    }

    @Test
    public void W30_whatNobodyHasAgreedToEndsWithControl() {
        var arriving = scene.file(ANNA, "a.txt", 1);
        var offered = scene.file(MARIE, "b.txt", 1);
        var agreed = scene.file(ANNA, "c.txt", 1);
        scene.ready(offered);
        scene.ready(agreed);
        scene.resource.agree(Scene.call(MARIE), S, agreed.id());
        assertTrue(scene.running());

        scene.session.pass(BEN_ID);
        refused(403, "not-allowed-now", () -> scene.gate.mine(Scene.call(ANNA), arriving.file()));
        refused(403, "not-in-control", () -> scene.resource.agree(Scene.call(ANNA), S, offered.id()));
        refused(403, "not-allowed-now", () -> scene.resource.agree(Scene.call(BEN), S, offered.id()));
        scene.heard(new SessionEvent.ControlPassed(SITE, SESSION, Optional.empty(), BEN_ID, 2));
        for (var one : List.of(arriving, offered)) {
            assertEquals(Optional.of(Ending.CONTROL_PASSED), scene.now(one).ending());
        }
        assertEquals(State.AGREED, scene.now(agreed).state());
        refused(403, "not-allowed-now", () -> scene.gate.mine(Scene.call(ANNA), arriving.file()));
        scene.file(BEN, "d.txt", 1);
        assertTrue("the new controller starts it again", scene.running());
    }

    @Test
    public void theActivityRunsAsLongAsAnythingIsSent() {
        var first = scene.file(ANNA, "a.txt", 1);
        var second = scene.file(MARIE, "b.txt", 1);
        assertTrue(scene.running());
        scene.resource.cancel(Scene.call(ANNA), S, first.id());
        scene.journal.settle();
        assertTrue(scene.running());
        scene.resource.decline(Scene.call(ANNA), S, second.id());
        scene.journal.settle();
        assertFalse(scene.running());
    }

    @Test
    public void whoTakesAllIsNotAskedUntilControlPasses() {
        var waiting = scene.file(ANNA, "a.txt", 1);
        scene.ready(waiting);
        scene.resource.acceptAll(Scene.call(MARIE), S, new AcceptAll(true));
        assertEquals("what waits, too", State.AGREED, scene.now(waiting).state());
        assertTrue(list(MARIE).acceptAll());
        assertFalse(list(PAUL).acceptAll());
        var next = scene.file(ANNA, "b.txt", 1);
        scene.ready(next);
        assertEquals(State.AGREED, scene.now(next).state());
        var back = scene.file(MARIE, "c.txt", 1);
        scene.ready(back);
        assertEquals(
                "hers is not the agent's word", State.OFFERED, scene.now(back).state());
        refused(403, "not-in-control", () -> scene.resource.acceptAll(Scene.call(BEN), S, new AcceptAll(true)));
        scene.resource.acceptAll(Scene.call(ANNA), S, new AcceptAll(true));
        assertEquals(State.AGREED, scene.now(back).state());

        scene.session.pass(BEN_ID);
        var bens = scene.file(BEN, "d.txt", 1);
        scene.ready(bens);
        assertEquals(
                "from this agent, not from every one",
                State.OFFERED,
                scene.now(bens).state());
        scene.resource.acceptAll(Scene.call(MARIE), S, new AcceptAll(true));
        scene.resource.acceptAll(Scene.call(MARIE), S, new AcceptAll(false));
        var asked = scene.file(BEN, "e.txt", 1);
        scene.ready(asked);
        assertEquals(State.OFFERED, scene.now(asked).state());
    }

    @Test
    public void theEndOfTheSessionEndsWhatIsOpenAndFilesAreKeptForAWhile() {
        var arriving = scene.file(MARIE, "a.txt", 1);
        var done = scene.file(MARIE, "b.txt", 1);
        scene.ready(done);
        scene.resource.agree(Scene.call(ANNA), S, done.id());
        scene.session.end(EndReason.BY_AGENT);
        scene.heard(new SessionEvent.Ended(SITE, SESSION, EndReason.BY_AGENT));
        assertEquals(Optional.of(Ending.SESSION_ENDED), scene.now(arriving).ending());
        refused(403, "not-allowed-now", () -> scene.gate.mine(Scene.call(MARIE), arriving.file()));
        unknown(() -> list(MARIE));
        assertTrue(view(ANNA, done).download().isPresent());
        scene.clock.advance(Duration.ofHours(24));
        scene.journal.fireDue();
        assertEquals(State.REMOVED, scene.now(done).state());
        unknown(() -> scene.gate.readable(Scene.call(ANNA), done.file()));
        assertEquals(0, scene.book.bytes(SITE));
    }

    @Test
    public void aCustomerWhoGoesTakesTheirTransfersAlong() {
        var paul = scene.file(PAUL, "a.txt", 1);
        var marie = scene.file(MARIE, "b.txt", 1);
        scene.heard(new SessionEvent.Left(SITE, SESSION, dev.tandem.session.testing.Cast.PAUL_ID));
        assertEquals(State.CANCELLED, scene.now(paul).state());
        assertEquals(State.ARRIVING, scene.now(marie).state());
    }

    @Test
    public void whatDoesNotComeAnyMoreIsGivenUpAndWhatComesIsNot() {
        var silent = scene.file(ANNA, "a.txt", 1);
        var coming = scene.file(ANNA, "b.txt", 1);
        scene.clock.advance(Duration.ofMinutes(59));
        scene.book.prolong(SITE, coming.transfer(), UUID.randomUUID());
        scene.clock.advance(Duration.ofMinutes(2));
        scene.journal.fireDue();
        assertEquals(Optional.of(Ending.EXPIRED), scene.now(silent).ending());
        refused(404, "gone", () -> scene.gate.mine(Scene.call(ANNA), silent.file()));
        assertEquals(State.ARRIVING, scene.now(coming).state());
    }

    @Test
    public void namesAreKeptAsGivenAndOfferedHarmless() {
        var bad = List.of(
                "../../etc/passwd",
                "..\\..\\boot.ini",
                "/root/x.txt",
                "a\u0000b.txt",
                "CON",
                "\u202Egpj.exe",
                "x".repeat(300));
        for (var name : bad) {
            var sent = scene.file(MARIE, name, 1);
            var file = view(ANNA, sent).file().orElseThrow();
            assertEquals(Optional.of(name), file.path());
            assertFalse(name, file.name().matches("(?s).*[/\\\\\\x00-\\x1f\\u202A-\\u202E].*"));
            assertTrue(name, file.name().length() <= 255);
            assertFalse(name, file.name().equalsIgnoreCase("con"));
        }
        for (var name : List.of("", "x".repeat(1025))) {
            refused(
                    400,
                    "invalid",
                    () -> scene.resource.announce(
                            Scene.call(ANNA), S, new NewFolder(Kind.FOLDER, name, 1, Optional.empty())));
        }
        refused(
                413,
                "too-many-files",
                () -> scene.resource.announce(
                        Scene.call(ANNA), S, new NewFolder(Kind.FOLDER, "f", 10_001, Optional.empty())));
        refused(
                400,
                "invalid",
                () -> scene.resource.announce(
                        Scene.call(ANNA), S, new NewFolder(Kind.FOLDER, "f", -1, Optional.empty())));
    }

    @Test
    public void whoIsErasedLeavesNoNames() {
        var sent = scene.file(MARIE, "diagnosis-of-marie.pdf", 1);
        scene.ready(sent);
        assertTrue(scene.journal.journal().erase(SITE, "customer:" + MARIE_ID) > 0);
        var now = scene.now(sent);
        assertEquals(Optional.empty(), now.name());
        assertEquals(Optional.empty(), now.files().get(0).path());
        assertTrue(scene.journal.journal().verify(SITE).ok());
    }

    @Test
    public void theSameKeyIsTheSameFolder() {
        var key = UUID.randomUUID();
        var folder = new NewFolder(Kind.FOLDER, "f", 1, Optional.empty());
        var first = (TransferView)
                scene.resource.announce(new FakeCall(ANNA, key), S, folder).getEntity();
        var again = (TransferView)
                scene.resource.announce(new FakeCall(ANNA, key), S, folder).getEntity();
        assertEquals(first.id(), again.id());
        assertEquals(1, list(ANNA).transfers().size());
    }

    @Test
    public void whatWasRefusedByInspectorsIsToldAndNeverRead() {
        var sent = scene.file(MARIE, "a.txt", 1);
        scene.book.refuse(SITE, sent.transfer(), sent.file(), Reason.INFECTED);
        var view = view(MARIE, sent);
        assertEquals(State.REFUSED, view.state());
        assertEquals(Optional.of(Reason.INFECTED), view.file().orElseThrow().reason());
        refused(409, "transfer-over", () -> scene.resource.agree(Scene.call(ANNA), S, sent.id()));
        unknown(() -> scene.gate.readable(Scene.call(ANNA), sent.file()));
    }

    @Test
    public void whatWasAgreedToIsNotTakenBack() {
        var sent = scene.file(MARIE, "a.txt", 1);
        scene.ready(sent);
        scene.resource.agree(Scene.call(ANNA), S, sent.id());
        refused(409, "transfer-over", () -> scene.resource.cancel(Scene.call(MARIE), S, sent.id()));
        refused(409, "transfer-over", () -> scene.resource.decline(Scene.call(ANNA), S, sent.id()));
    }

    @Test
    public void pagesAreToldOnceOfEachChange() throws InterruptedException {
        scene.file(MARIE, "a.txt", 1);
        scene.journal.settle();
        var first = snapshot(MARIE, 0);
        assertEquals(1, ((Listing) first.body()).transfers().size());
        assertEquals(new Delivery.Messages(List.of()), scene.topics.after(MARIE, S, first.number()));
        var rings = scene.rung.size();
        var sent = scene.file(ANNA, "b.txt", 100);
        scene.journal.settle();
        dev.tandem.filetransfer.internal.receive.UploadScene.until(
                () -> scene.rung.subList(rings, scene.rung.size()).contains("filetransfer/" + S));
        var second = snapshot(MARIE, first.number());
        assertTrue(second.number() > first.number());
        scene.progress.received(scene.now(sent), sent.file(), 40);
        var third = (Listing) snapshot(MARIE, second.number()).body();
        assertEquals(40, third.transfers().get(1).received());
        assertTrue(third.transfers().get(1).receiving());
        assertEquals(
                "Paul has none of it",
                0,
                ((Listing) snapshot(PAUL, 0).body()).transfers().size());
        unknown(() -> scene.topics.after(STRANGER, S, 0));
        unknown(() -> scene.topics.after(EVA, S, 0));
    }

    private dev.tandem.web.LiveTopics.Message snapshot(Caller caller, long after) {
        return ((Delivery.Snapshot) scene.topics.after(caller, S, after)).state();
    }
}
