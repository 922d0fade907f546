package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Agent;
import dev.tandem.platform.Presence;
import dev.tandem.web.ProblemException;

public class SignInTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath());
    }

    @After
    public void close() {
        rig.close();
    }

    @Test
    public void theCookieIsRecognisedUntilItsTimeIsUp() {
        var anna = rig.agent("anna.bell");
        var token = signIn("anna.bell");
        assertEquals(Optional.of(anna), rig.signIn.recognise(Rig.cookie(token)));
        rig.clock.advance(SignIn.HOLDS.minusSeconds(1));
        assertEquals(Optional.of(anna), rig.signIn.recognise(Rig.cookie(token)));
        rig.clock.advance(Duration.ofSeconds(10));
        assertEquals(Optional.empty(), rig.signIn.recognise(Rig.cookie(token)));
    }

    @Test
    public void signingOutRevokesAtOnceAndAcrossARestart() {
        rig.agent("anna.bell");
        var kept = signIn("anna.bell");
        var left = signIn("anna.bell");
        rig.signIn.recognise(Rig.cookie(left));
        rig.signIn.signOut(left);
        assertEquals(Optional.empty(), rig.signIn.recognise(Rig.cookie(left)));
        rig.close();
        rig = new Rig(folder.getRoot().toPath(), rig.clock, rig.realm);
        assertEquals(Optional.empty(), rig.signIn.recognise(Rig.cookie(left)));
        assertTrue(rig.signIn.recognise(Rig.cookie(kept)).isPresent());
    }

    @Test
    public void wrongPasswordUnknownUserAndNoAgentAreRefusedAlike() {
        rig.agent("anna.bell");
        rig.realm.put(List.of(new Realm.User("karaf", "secret", Set.of("admin"))));
        assertEquals(Optional.empty(), rig.signIn.signIn("anna.bell", "wrong", "10.0.0.1"));
        assertEquals(Optional.empty(), rig.signIn.signIn("nobody", "secret", "10.0.0.1"));
        assertEquals(Optional.empty(), rig.signIn.signIn("karaf", "secret", "10.0.0.1"));
        assertEquals(Optional.empty(), rig.signIn.signIn("anna@No Site", "secret", "10.0.0.1"));
    }

    @Test
    public void failuresAreCountedPerAddress() {
        rig.agent("anna.bell");
        for (int i = 0; i < 5; i++) {
            rig.signIn.signIn("anna.bell", "wrong", "10.0.0.1");
        }
        assertThrows(ProblemException.class, () -> rig.signIn.signIn("anna.bell", "secret", "10.0.0.1"));
        assertTrue(rig.signIn.signIn("anna.bell", "secret", "10.0.0.2").isPresent());
    }

    @Test
    public void aSiteStandsBehindTheUserName() {
        var anna = rig.agent("anna.bell@acme");
        assertEquals("acme", anna.site().value());
        assertEquals("anna.bell", anna.id().value());
        assertEquals("Anna Bell", anna.name());
        assertEquals(Optional.of(anna), rig.signIn.recognise(Rig.cookie(signIn("anna.bell@acme"))));
    }

    @Test
    public void rolesAreTakenFromTheRealmAtEachSignIn() {
        rig.agent("anna.bell");
        rig.realm.put(List.of(new Realm.User(
                "anna.bell", "secret", Set.of(Realm.AGENT, Realm.SUPERVISOR, Realm.ADMINISTRATOR, "ssh"))));
        var agent = rig.signIn.recognise(Rig.cookie(signIn("anna.bell"))).orElseThrow();
        assertEquals(Set.of(Agent.Role.AGENT, Agent.Role.SUPERVISOR, Agent.Role.ADMINISTRATOR), agent.roles());
    }

    @Test
    public void signInMakesAvailableAndTheLastSignOutOffline() {
        var anna = rig.agent("anna.bell");
        assertEquals(new Presence.Offline(), rig.directory.presence(anna.site(), anna.id()));
        var first = signIn("anna.bell");
        var second = signIn("anna.bell");
        assertEquals(new Presence.Available(), rig.directory.presence(anna.site(), anna.id()));
        rig.desk.choose(anna, java.util.UUID.randomUUID(), "AWAY", "lunch");
        rig.signIn.signOut(first);
        assertEquals(new Presence.Away("lunch"), rig.directory.presence(anna.site(), anna.id()));
        rig.signIn.signOut(second);
        assertEquals(new Presence.Offline(), rig.directory.presence(anna.site(), anna.id()));
    }

    @Test
    public void anExpiredSignInMakesOffline() {
        var anna = rig.agent("anna.bell");
        signIn("anna.bell");
        rig.clock.advance(SignIn.HOLDS.plusSeconds(1));
        rig.runtime.fireDue();
        assertEquals(new Presence.Offline(), rig.directory.presence(anna.site(), anna.id()));
    }

    @Test
    public void basicIsRecognisedAndTheRealmIsNotAskedEachTime() {
        var anna = rig.agent("anna.bell");
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.of(anna), rig.signIn.recognise(Rig.basic("anna.bell", "secret")));
        }
        assertEquals(1, rig.realm.asked);
        rig.clock.advance(Duration.ofMinutes(2));
        rig.signIn.recognise(Rig.basic("anna.bell", "secret"));
        assertEquals(2, rig.realm.asked);
    }

    @Test
    public void guessingByBasicIsLimitedToo() {
        rig.agent("anna.bell");
        for (int i = 0; i < 5; i++) {
            assertEquals(Optional.empty(), rig.signIn.recognise(Rig.basic("anna.bell", "wrong" + i)));
        }
        assertEquals(Optional.empty(), rig.signIn.recognise(Rig.basic("anna.bell", "secret")));
        assertTrue(
                "the form still works",
                rig.signIn.signIn("anna.bell", "secret", "10.0.0.1").isPresent());
    }

    private String signIn(String user) {
        return rig.signIn.signIn(user, "secret", "10.0.0.1").orElseThrow().token();
    }
}
