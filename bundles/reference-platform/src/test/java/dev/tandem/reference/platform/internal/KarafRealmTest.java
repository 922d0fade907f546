package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;

import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.BackingEngine;
import org.apache.karaf.jaas.modules.BackingEngineFactory;
import org.apache.karaf.jaas.modules.properties.PropertiesBackingEngineFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The way to Karaf's realm, with a file that is sometimes met half-written. */
public class KarafRealmTest {
    private static final String MODULE = "org.apache.karaf.jaas.modules.properties.PropertiesLoginModule";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path file;
    private Path empty;
    private int tornReads;
    private KarafRealm realm;
    private Configuration before;

    @Before
    public void set() throws IOException {
        file = folder.newFile("users.properties").toPath();
        Files.writeString(file, "# Kept\n_g_\\:admingroup = group,admin\n");
        empty = folder.newFile("empty.properties").toPath();
        before = Configuration.getConfiguration();
        Configuration.setConfiguration(new OneModule());
        realm = new KarafRealm(List.of(new Realms()), List.of(new SometimesTorn()));
    }

    @After
    public void putBack() {
        Configuration.setConfiguration(before);
    }

    @Test
    public void theRightPasswordGivesTheRoles() {
        assertEquals(Optional.of(Set.of("tandem-agent")), realm.verify("anna.bell", "secret"));
    }

    @Test
    public void wrongAndUnknownAreTheSame() {
        assertEquals(Optional.empty(), realm.verify("anna.bell", "wrong"));
        assertEquals(Optional.empty(), realm.verify("nobody", "secret"));
        assertEquals(Optional.empty(), realm.verify("anna.bell", ""));
    }

    @Test
    public void theThreadsLoaderIsPutBack() {
        var loader = new ClassLoader() {};
        Thread.currentThread().setContextClassLoader(loader);
        try {
            realm.verify("anna.bell", "wrong");
            assertEquals(loader, Thread.currentThread().getContextClassLoader());
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
    }

    @Test
    public void usersAreAddedWithTheirRoles() {
        realm.put(List.of(user("anna"), user("ben")));
        assertEquals(Map.of("anna", Set.of("tandem-agent"), "ben", Set.of("tandem-agent")), realm.users());
    }

    @Test
    public void aFileThatIsMetEmptyLosesNobody() throws IOException {
        realm.put(List.of(user("anna"), user("ben")));
        tornReads = 2;
        realm.put(List.of(user("carla")));
        assertEquals(Set.of("anna", "ben", "carla"), realm.users().keySet());
        var text = Files.readString(file);
        assertTrue(text, text.contains("# Kept") && text.contains("admingroup"));
    }

    @Test
    public void aLinkToAFileThatNodesShareStaysALink() throws IOException {
        var shared = Files.move(file, folder.getRoot().toPath().resolve("shared.properties"));
        Files.createSymbolicLink(file, shared);
        realm.put(List.of(user("anna")));
        assertTrue(Files.isSymbolicLink(file));
        assertTrue(Files.readString(shared).contains("anna = secret"));
    }

    @Test
    public void whoWasDeletedElsewhereStaysDeleted() {
        realm.put(List.of(user("anna"), user("ben")));
        new PropertiesBackingEngineFactory().build(options()).deleteUser("ben");
        realm.put(List.of(user("carla")));
        assertEquals(Set.of("anna", "carla"), realm.users().keySet());
    }

    @Test
    public void oursOfAUsersRolesAreSetAndTheOthersStay() throws IOException {
        realm.put(List.of(
                new Realm.User("anna", "secret", Set.of(Realm.AGENT, Realm.ADMINISTRATOR, "ssh")), user("ben")));
        realm.roles("anna", Set.of(Realm.AGENT, Realm.SUPERVISOR));
        assertEquals(
                Map.of("anna", Set.of(Realm.AGENT, Realm.SUPERVISOR, "ssh"), "ben", Set.of(Realm.AGENT)),
                realm.users());
        realm.roles("nobody", Set.of(Realm.AGENT));
        assertEquals(Set.of("anna", "ben"), realm.users().keySet());
        assertTrue(Files.readString(file).contains("anna = secret"));
    }

    @Test
    public void whoIsRemovedIsGoneAndTheOthersStay() throws IOException {
        realm.put(List.of(user("anna"), user("ben")));
        realm.remove("anna");
        realm.remove("anna");
        assertEquals(Set.of("ben"), realm.users().keySet());
        assertTrue(Files.readString(file).contains("# Kept"));
    }

    @Test
    public void aNewPasswordKeepsTheRoles() throws IOException {
        realm.put(List.of(new Realm.User("anna", "secret", Set.of(Realm.AGENT, "ssh"))));
        realm.put(List.of(new Realm.User("anna", "fresh", Set.of(Realm.AGENT))));
        assertEquals(Map.of("anna", Set.of(Realm.AGENT, "ssh")), realm.users());
        assertTrue(Files.readString(file).contains("anna = fresh"));
    }

    private static Realm.User user(String name) {
        return new Realm.User(name, "secret", Set.of(Realm.AGENT));
    }

    private Map<String, Object> options() {
        return Map.of(
                ProxyLoginModule.PROPERTY_MODULE, MODULE, "users", file.toString(), "encryption.enabled", "false");
    }

    private AppConfigurationEntry entry(String module) {
        return new AppConfigurationEntry(module, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, options());
    }

    private final class OneModule extends Configuration {
        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {entry(AnnaOnly.class.getName())};
        }
    }

    private final class Realms implements JaasRealm {
        @Override
        public String getName() {
            return "karaf";
        }

        @Override
        public int getRank() {
            return 0;
        }

        @Override
        public AppConfigurationEntry[] getEntries() {
            return new AppConfigurationEntry[] {entry(ProxyLoginModule.class.getName())};
        }
    }

    /** Karaf's own engine, which meets an empty file as often as a test says. */
    private final class SometimesTorn implements BackingEngineFactory {
        private final PropertiesBackingEngineFactory karafs = new PropertiesBackingEngineFactory();

        @Override
        public String getModuleClass() {
            return karafs.getModuleClass();
        }

        @Override
        public BackingEngine build(Map<String, ?> options) {
            if (tornReads == 0) {
                return karafs.build(options);
            }
            tornReads--;
            var torn = new HashMap<String, Object>(options);
            torn.put("users", empty.toString());
            return karafs.build(torn);
        }
    }

    /** Knows one user. */
    public static final class AnnaOnly implements LoginModule {
        private Subject subject;
        private CallbackHandler handler;

        @Override
        public void initialize(Subject who, CallbackHandler asks, Map<String, ?> shared, Map<String, ?> options) {
            subject = who;
            handler = asks;
        }

        @Override
        public boolean login() throws LoginException {
            var name = new NameCallback("user");
            var password = new PasswordCallback("password", false);
            try {
                handler.handle(new Callback[] {name, password});
            } catch (IOException | UnsupportedCallbackException e) {
                throw new LoginException(e.getMessage());
            }
            if (!name.getName().equals("anna.bell") || !"secret".equals(new String(password.getPassword()))) {
                throw new FailedLoginException();
            }
            return true;
        }

        @Override
        public boolean commit() {
            subject.getPrincipals().add(new RolePrincipal("tandem-agent"));
            return true;
        }

        @Override
        public boolean abort() {
            return true;
        }

        @Override
        public boolean logout() {
            return true;
        }
    }
}
