package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Agent;

public class FirstSignInsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;
    private Path file;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath());
        file = folder.getRoot().toPath().resolve("tandem-sign-ins.txt");
    }

    @After
    public void close() {
        rig.close();
    }

    @Test
    public void theFirstStartMakesAccountsThatSignIn() throws Exception {
        start();
        var lines = Files.readAllLines(file);
        assertEquals(
                List.of("anna.bell", "ben.cole", "admin"),
                lines.stream().map(line -> line.split(" ")[0]).toList());
        for (var line : lines) {
            var words = line.split(" ");
            assertTrue(line, rig.signIn.signIn(words[0], words[1], "10.0.0.1").isPresent());
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                List.of("Ada Admin", "Anna Bell", "Ben Cole"),
                rig.directory.agents(Rig.MAIN).stream().map(Agent::name).toList());
        assertTrue(rig.directory.agents(Rig.MAIN).get(0).has(Agent.Role.ADMINISTRATOR));
        assertFalse(rig.directory.agents(Rig.MAIN).get(1).has(Agent.Role.ADMINISTRATOR));
    }

    @Test
    public void passwordsDiffer() throws Exception {
        start();
        var passwords = Files.readAllLines(file).stream()
                .map(line -> line.split(" ")[1])
                .collect(Collectors.toSet());
        assertEquals(3, passwords.size());
        passwords.forEach(password -> assertTrue(password, password.matches("[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}")));
    }

    @Test
    public void aSecondStartChangesNothing() throws Exception {
        start();
        var before = Files.readString(file);
        start();
        assertEquals(before, Files.readString(file));
    }

    @Test
    public void anAccountThatWasDeletedStaysDeleted() {
        start();
        rig.realm.users.remove("ben.cole");
        start();
        assertFalse(rig.realm.users.containsKey("ben.cole"));
    }

    @Test
    public void aStartThatWasCutOffIsFinishedWithTheSamePasswords() throws Exception {
        Files.writeString(file, "anna.bell aaaa-bbbb-cccc tandem-agent\n");
        start();
        assertTrue(rig.signIn.signIn("anna.bell", "aaaa-bbbb-cccc", "10.0.0.1").isPresent());
    }

    @Test
    public void agentsOfTheRealmAreKnownBeforeTheySignIn() {
        rig.realm.put(List.of(new Realm.User("carla.rossi@acme", "secret", Set.of(Realm.AGENT))));
        start();
        assertEquals(
                List.of("Carla Rossi"),
                rig.directory.agents(new dev.tandem.platform.SiteId("acme")).stream()
                        .map(Agent::name)
                        .toList());
    }

    private void start() {
        new FirstSignIns(folder.getRoot().toPath(), rig.realm, rig.directory, Rig::key);
    }
}
