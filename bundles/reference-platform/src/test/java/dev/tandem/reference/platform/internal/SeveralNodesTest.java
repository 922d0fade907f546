package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.Agent.Role;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.Notifier;
import dev.tandem.web.ProblemException;

/** Two nodes with one PostgreSQL, each with a realm of its own. */
public class SeveralNodesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig a;
    private Rig b;

    @Before
    public void open() throws IOException {
        var source = TestDatabase.POSTGRESQL.fresh(folder.getRoot().toPath());
        var clock = new TestClock();
        a = Rig.node(source, clock, "a");
        b = Rig.node(source, clock, "b");
    }

    @After
    public void close() throws IOException {
        a.close();
        b.close();
    }

    private static SignIns.Made add(Rig at, String name, Role... roles) {
        var person = new SignIns.Person(name, Optional.empty(), Set.of(roles));
        return at.signIns.add(Rig.MAIN, person, UUID.randomUUID(), "agent:ada.admin");
    }

    private static Optional<String> signIn(Rig at, String user, String password) {
        return at.signIn.signIn(user, password, "10.0.0.1").map(SignIn.SignedIn::token);
    }

    private static boolean holds(Rig at, String token) {
        return at.signIn.recognise(Rig.cookie(token)).isPresent();
    }

    /** What is announced comes by itself, soon; no clock of the test decides when. */
    private static void soon(BooleanSupplier so) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!so.getAsBoolean()) {
            assertTrue("not within " + SOON, System.nanoTime() < end);
            Thread.onSpinWait();
        }
    }

    @Test
    public void aSignInThatIsMadeOnOneNodeHoldsOnTheOther() {
        var made = add(a, "Carla Diaz");
        var token = signIn(b, "carla.diaz", made.password()).orElseThrow();
        assertTrue(holds(a, token));
        assertEquals(Optional.empty(), signIn(b, "carla.diaz", "wrong"));
        assertEquals("no file says so", Set.of(), b.realm.users().keySet());
        var renewed = b.signIns.newPassword(
                Rig.MAIN, made.one().agent().id(), Optional.empty(), UUID.randomUUID(), "agent:ada.admin");
        assertEquals(Optional.empty(), signIn(a, "carla.diaz", made.password()));
        assertTrue(signIn(a, "carla.diaz", renewed.password()).isPresent());
    }

    @Test
    public void whoIsRemovedOnOneNodeIsOutOnTheOtherWhateverItsFileSays() {
        var ada = a.agent("ada.admin", Realm.ADMINISTRATOR);
        b.agent("ada.admin", Realm.ADMINISTRATOR);
        var anna = a.agent("anna.bell");
        b.agent("anna.bell");
        var token = signIn(b, "anna.bell", "secret").orElseThrow();
        assertTrue(holds(b, token));
        assertTrue(b.signIn.recognise(Rig.basic("anna.bell", "secret")).isPresent());
        a.signIns.remove(ada, anna.id());
        soon(() -> !holds(b, token));
        soon(() -> b.signIn.recognise(Rig.basic("anna.bell", "secret")).isEmpty());
        assertTrue(b.realm.users().containsKey("anna.bell"));
        assertEquals(Optional.empty(), signIn(b, "anna.bell", "secret"));
        assertEquals(1, b.signIns.of(Rig.MAIN).size());
    }

    @Test
    public void rolesOfAUserOfTheFilesHoldOnBothNodes() {
        var ada = a.agent("ada.admin", Realm.ADMINISTRATOR);
        b.agent("ada.admin", Realm.ADMINISTRATOR);
        var anna = a.agent("anna.bell");
        b.agent("anna.bell");
        var token = signIn(b, "anna.bell", "secret").orElseThrow();
        assertTrue(holds(b, token));
        a.signIns.roles(ada, anna.id(), Set.of(Role.ADMINISTRATOR));
        soon(() -> b.signIn.recognise(Rig.cookie(token)).orElseThrow().has(Role.ADMINISTRATOR));
        assertTrue(b.signIns.of(Rig.MAIN).stream().allMatch(one -> one.agent().has(Role.ADMINISTRATOR)));
        assertTrue(signIn(b, "anna.bell", "secret").isPresent());
    }

    @Test
    public void whoSignsOutAtOneNodeIsOutAtTheOther() {
        var made = add(a, "Carla Diaz");
        var token = signIn(a, "carla.diaz", made.password()).orElseThrow();
        assertTrue(holds(b, token));
        a.signIn.signOut(token);
        assertFalse(holds(a, token));
        soon(() -> !holds(b, token));
    }

    @Test
    public void oneOfTwoWhoAddTheSameNameAtOnceIsRefused() throws Exception {
        for (int i = 0; i < 5; i++) {
            var name = "Carla Diaz " + (char) ('a' + i);
            var answers = atOnce(rig -> {
                try {
                    return add(rig, name).password();
                } catch (ProblemException e) {
                    return e.problem().code();
                }
            });
            assertEquals(
                    answers.toString(),
                    1,
                    answers.stream().filter("agent-exists"::equals).count());
            var password = answers.get(0).equals("agent-exists") ? answers.get(1) : answers.get(0);
            assertTrue(signIn(a, "carla.diaz." + (char) ('a' + i), password).isPresent());
        }
    }

    @Test
    public void twoFirstStartsAtOnceMakeTheSameSignIns() throws Exception {
        var etc = List.of(folder.newFolder("a").toPath(), folder.newFolder("b").toPath());
        atOnce(rig -> {
            new FirstSignIns(etc.get(rig == a ? 0 : 1), rig.shared, rig.directory, Rig::key);
            return "";
        });
        var files = new ArrayList<Path>();
        for (var folder : etc) {
            if (Files.exists(folder.resolve("tandem-sign-ins.txt"))) {
                files.add(folder.resolve("tandem-sign-ins.txt"));
            }
        }
        assertFalse(files.isEmpty());
        for (var file : files) {
            for (var line : Files.readAllLines(file)) {
                var words = line.split(" ");
                assertTrue(line, signIn(a, words[0], words[1]).isPresent());
                assertTrue(line, signIn(b, words[0], words[1]).isPresent());
            }
        }
        assertEquals(3, b.directory.agents(Rig.MAIN).size());
    }

    @Test
    public void whatAnAgentIsToldIsOnTheDesktopAtWhateverNode() {
        var anna = a.agent("anna.bell");
        b.agent("anna.bell");
        var topics = new DesktopTopics(b.views, b.bell);
        b.rings.clear();
        a.notices.tell(
                Rig.MAIN,
                anna.id(),
                new Notifier.Notice(Map.of(Locale.ENGLISH, "Look.", Locale.FRENCH, "Regardez."), true));
        soon(() -> b.rings.contains("main desktop/me"));
        var told = b.views.desktop(anna).notices();
        assertEquals(1, told.size());
        assertEquals(Map.of("en", "Look.", "fr", "Regardez."), told.get(0).texts());
        assertTrue(told.get(0).urgent());
        assertEquals("desktop", topics.kind());
        a.clock.advance(Duration.ofMinutes(3));
        assertEquals(List.of(), b.views.desktop(anna).notices());
    }

    @Test
    public void aCallThatOneNodeLetsComeInRingsAtTheOther() {
        var anna = a.agent("anna.bell");
        b.agent("anna.bell");
        b.rings.clear();
        var call = a.ringing(anna, Interaction.Kind.CALL);
        soon(() -> b.rings.contains("main desktop/me"));
        assertEquals(1, b.views.desktop(anna).interactions().size());
        b.desk.accept(anna, call, UUID.randomUUID());
        soon(() -> a.views.desktop(anna).interactions().get(0).state() == Interaction.State.ACTIVE);
    }

    private interface Deed {
        String at(Rig rig) throws Exception;
    }

    private List<String> atOnce(Deed deed) throws Exception {
        var barrier = new CyclicBarrier(2);
        var threads = Executors.newFixedThreadPool(2);
        try {
            var deeds = new ArrayList<Callable<String>>();
            for (var rig : List.of(a, b)) {
                deeds.add(() -> {
                    barrier.await();
                    return deed.at(rig);
                });
            }
            var answers = new ArrayList<String>();
            for (var answer : threads.invokeAll(deeds)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
