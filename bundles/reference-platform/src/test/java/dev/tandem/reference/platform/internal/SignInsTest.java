package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Agent;
import dev.tandem.platform.Agent.Role;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.web.ProblemException;

/** Who may sign in, as a site's administrators change it. */
public class SignInsTest {
    private static final SiteId ACME = new SiteId("acme");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> told = new ArrayList<>();
    private Rig rig;
    private Agent ada;
    private Agent anna;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath());
        ada = rig.agent("ada.admin", Realm.ADMINISTRATOR);
        anna = rig.agent("anna.bell");
        rig.signIn.listeners = List.of((site, agent) -> told.add(site + "/" + agent));
    }

    @After
    public void close() {
        rig.close();
    }

    private static SignIns.Person person(String name, Role... roles) {
        return new SignIns.Person(name, Optional.empty(), Set.of(roles));
    }

    private SignIns.Made add(SiteId site, SignIns.Person person) {
        return rig.signIns.add(site, person, UUID.randomUUID(), "agent:ada.admin");
    }

    private List<String> users(SiteId site) {
        return rig.signIns.of(site).stream().map(SignIns.One::user).toList();
    }

    private String signedIn(String user, String password) {
        return rig.signIn.signIn(user, password, "10.0.0.1").orElseThrow().token();
    }

    private boolean holds(String token) {
        return rig.signIn.recognise(Rig.cookie(token)).isPresent();
    }

    private static String refused(ThrowingRunnable what) {
        return assertThrows(ProblemException.class, what).problem().code();
    }

    @Test
    public void whoIsAddedSignsInWithTheMadePassword() {
        var made = add(Rig.MAIN, person("José Núñez", Role.SUPERVISOR));
        assertEquals("jose.nunez", made.one().user());
        assertEquals(Set.of(Role.AGENT, Role.SUPERVISOR), made.one().agent().roles());
        assertTrue(made.password(), made.password().matches("[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}"));
        assertTrue(holds(signedIn("jose.nunez", made.password())));
        assertEquals(List.of("ada.admin", "anna.bell", "jose.nunez"), users(Rig.MAIN));
        assertEquals(1, rig.signIns.of(Rig.MAIN).get(2).open());
    }

    @Test
    public void aRepeatGetsTheSameAnswerAndAnotherRequestIsRefused() {
        var command = UUID.randomUUID();
        var first = rig.signIns.add(Rig.MAIN, person("Carla Diaz"), command, "agent:ada.admin");
        var again = rig.signIns.add(Rig.MAIN, person("Carla Diaz"), command, "agent:ada.admin");
        assertEquals(first, again);
        assertEquals("agent-exists", refused(() -> add(Rig.MAIN, person("Carla Diaz"))));
        assertEquals("agent-exists", refused(() -> add(Rig.MAIN, person("Anna Bell"))));
        assertEquals("invalid", refused(() -> add(Rig.MAIN, person("???"))));
    }

    @Test
    public void aSiteHasItsOwnUserNames() {
        var made = add(ACME, person("Anna Bell", Role.ADMINISTRATOR));
        assertEquals("anna.bell@acme", made.one().user());
        assertEquals(List.of("anna.bell@acme"), users(ACME));
        var chosen = add(ACME, new SignIns.Person("Ben Cole", Optional.of("ben"), Set.of()));
        assertEquals("ben@acme", chosen.one().user());
        assertEquals("unknown", refused(() -> rig.signIns.remove(made.one().agent(), ada.id())));
        assertEquals(
                "unknown", refused(() -> rig.signIns.roles(made.one().agent(), ada.id(), Set.of(Role.ADMINISTRATOR))));
        assertEquals(
                "unknown",
                refused(() -> rig.signIns.newPassword(
                        ACME, ada.id(), Optional.empty(), UUID.randomUUID(), "agent:anna.bell")));
    }

    @Test
    public void whoIsRemovedIsSignedOutAtOnceAndStaysAName() {
        var token = signedIn("anna.bell", "secret");
        assertTrue(rig.signIn.recognise(Rig.basic("anna.bell", "secret")).isPresent());
        assertTrue(holds(token));
        rig.signIns.remove(ada, anna.id());
        assertEquals(false, holds(token));
        assertEquals(Optional.empty(), rig.signIn.recognise(Rig.basic("anna.bell", "secret")));
        assertEquals(List.of("ada.admin"), users(Rig.MAIN));
        assertEquals(List.of("main/anna.bell"), told);
        assertEquals(new Presence.Offline(), rig.directory.presence(Rig.MAIN, anna.id()));
        assertEquals(Optional.empty(), rig.directory.find(Rig.MAIN, anna.id()));
        assertEquals(List.of(ada), rig.directory.agents(Rig.MAIN));
        assertEquals(
                "Anna Bell",
                rig.directory.met(Rig.MAIN, anna.id()).orElseThrow().name());
        assertEquals("unknown", refused(() -> rig.signIns.remove(ada, anna.id())));
    }

    @Test
    public void whoComesBackIsTheSameAgent() {
        rig.signIns.remove(ada, anna.id());
        var made = add(Rig.MAIN, person("Anna Bell"));
        assertEquals(anna, made.one().agent());
        assertEquals(Optional.empty(), rig.signIn.signIn("anna.bell", "secret", "10.0.0.1"));
        assertTrue(holds(signedIn("anna.bell", made.password())));
    }

    @Test
    public void nobodyRemovesThemselvesOrTheLastAdministrator() {
        assertEquals("yourself", refused(() -> rig.signIns.remove(ada, ada.id())));
        assertEquals("own-administrator", refused(() -> rig.signIns.roles(ada, ada.id(), Set.of())));
        // Somebody whose own role has just been taken elsewhere asks.
        assertEquals("last-administrator", refused(() -> rig.signIns.remove(anna, ada.id())));
        assertEquals("last-administrator", refused(() -> rig.signIns.roles(anna, ada.id(), Set.of())));
        rig.signIns.roles(ada, anna.id(), Set.of(Role.ADMINISTRATOR));
        rig.signIns.remove(anna, ada.id());
        assertEquals(List.of("anna.bell"), users(Rig.MAIN));
    }

    @Test
    public void rolesHoldAtOnceWithoutSigningInAgain() {
        var token = signedIn("anna.bell", "secret");
        assertTrue(holds(token));
        rig.signIns.roles(ada, anna.id(), Set.of(Role.ADMINISTRATOR));
        assertTrue(rig.signIn.recognise(Rig.cookie(token)).orElseThrow().has(Role.ADMINISTRATOR));
        rig.signIns.roles(ada, anna.id(), Set.of());
        assertEquals(
                Set.of(Role.AGENT),
                rig.signIn.recognise(Rig.cookie(token)).orElseThrow().roles());
        assertEquals("sockets ask again", List.of("main/anna.bell", "main/anna.bell"), told);
        rig.signIns.roles(ada, anna.id(), Set.of());
        assertEquals("nothing has changed", 2, told.size());
    }

    @Test
    public void aNewPasswordEndsTheOldAndTheOpenSignIns() {
        var token = signedIn("anna.bell", "secret");
        var command = UUID.randomUUID();
        var made = rig.signIns.newPassword(Rig.MAIN, anna.id(), Optional.empty(), command, "agent:ada.admin");
        assertEquals(false, holds(token));
        assertEquals(Optional.empty(), rig.signIn.signIn("anna.bell", "secret", "10.0.0.1"));
        var fresh = signedIn("anna.bell", made.password());
        var repeated = rig.signIns.newPassword(Rig.MAIN, anna.id(), Optional.empty(), command, "agent:ada.admin");
        assertEquals(made.password(), repeated.password());
        assertTrue("a repeat signs nobody out", holds(fresh));
        var other =
                rig.signIns.newPassword(Rig.MAIN, anna.id(), Optional.empty(), UUID.randomUUID(), "agent:ada.admin");
        assertNotEquals(made.password(), other.password());
    }

    @Test
    public void onesOwnNewPasswordKeepsTheBrowserInHand() {
        var here = signedIn("ada.admin", "secret");
        var elsewhere = signedIn("ada.admin", "secret");
        var foreign = signedIn("anna.bell", "secret");
        rig.signIns.newPassword(Rig.MAIN, ada.id(), Optional.of(here), UUID.randomUUID(), "agent:ada.admin");
        assertTrue(holds(here));
        assertEquals(false, holds(elsewhere));
        rig.signIns.newPassword(Rig.MAIN, ada.id(), Optional.of(foreign), UUID.randomUUID(), "agent:ada.admin");
        assertEquals("another's token keeps nothing", false, holds(here));
    }

    @Test
    public void aRealmOfTheirOwnIsShownAndNotChanged() {
        rig.realm.writable = false;
        assertEquals(List.of("ada.admin", "anna.bell"), users(Rig.MAIN));
        assertEquals("sign-ins-elsewhere", refused(() -> add(Rig.MAIN, person("Carla Diaz"))));
        assertEquals("sign-ins-elsewhere", refused(() -> rig.signIns.remove(ada, anna.id())));
    }

    @Test
    public void signingOutIsTold() {
        rig.signIn.signOut(signedIn("anna.bell", "secret"));
        assertEquals(List.of("main/anna.bell"), told);
    }
}
