package dev.tandem.reference.platform.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.Agent;
import dev.tandem.platform.Credentials;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.AttemptLimiter;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** The platform without a container: a real journal on a file, a realm in memory, a clock that a test moves. */
public final class Rig implements AutoCloseable {
    public static final SiteId MAIN = new SiteId("main");

    public final TestClock clock;
    final JournalRuntime runtime;
    final List<String> rings = new CopyOnWriteArrayList<>();
    final MemoryRealm realm;
    final Realm shared;
    final Bell bell;
    final Tables tables;
    final Presences presences;
    final Directory directory;
    public final Accounts accounts;
    public final SignIn signIn;
    public final SignIns signIns;
    final CustomerInteractions interactions;
    final VisitorLinks links;
    final Tabs tabs;
    final Notices notices;
    public final Views views;
    final Simulator simulator;
    public final Desk desk;

    public Rig(Path folder) {
        this(folder, new TestClock(), new MemoryRealm());
    }

    Rig(Path folder, TestClock clock, MemoryRealm realm) {
        this(JournalRuntime.open(file(folder), clock), clock, realm, tables -> realm);
    }

    /** One node of several, with a realm of its own and what nodes share before it. */
    static Rig node(DataSource source, TestClock clock, String name) {
        var realm = new MemoryRealm();
        return new Rig(
                JournalRuntime.node(source, clock, name), clock, realm, tables -> new SharedRealm(realm, tables));
    }

    private static DataSource file(Path folder) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("platform.db"));
        return source;
    }

    private Rig(JournalRuntime runtime, TestClock clock, MemoryRealm own, Function<Tables, Realm> realms) {
        this.clock = clock;
        this.realm = own;
        this.runtime = runtime;
        this.bell = new Bell((site, topic) -> rings.add(site + " " + topic), runtime.announcements(), clock);
        this.tables = new Tables(runtime.database());
        var realm = realms.apply(tables);
        this.shared = realm;
        this.presences = new Presences(tables, runtime.journal(), runtime.ids(), bell);
        this.directory = new Directory(tables, presences, clock);
        this.accounts = new Accounts(realm, directory);
        this.signIn = new SignIn(
                realm, directory, presences, new FiveTries(), Rig::key, runtime.announcements(), runtime.ids(), clock);
        this.signIns = new SignIns(realm, directory, presences, signIn, bell, Rig::key);
        this.interactions = new CustomerInteractions(tables, runtime.journal(), runtime.sealer(), runtime.ids(), bell);
        this.links = new VisitorLinks(Rig::key);
        this.tabs = new Tabs(bell);
        this.notices = new Notices(tables, runtime.ids(), clock, bell);
        this.views = new Views(interactions, presences, directory, tabs, notices, links, clock);
        this.simulator = new Simulator(interactions, Rig::key, new Simulator.Config() {
            @Override
            public long ringSeconds() {
                return 60;
            }

            @Override
            public Class<Simulator.Config> annotationType() {
                return Simulator.Config.class;
            }
        });
        this.desk = new Desk(interactions, presences, simulator, links, views);
        runtime.listen(new NodeEcho(bell, directory, signIn));
    }

    /** An agent with the password "secret", signed in nowhere. */
    public Agent agent(String user, String... moreRoles) {
        var roles = new ArrayList<>(List.of(Realm.AGENT));
        roles.addAll(List.of(moreRoles));
        realm.put(List.of(new Realm.User(user, "secret", Set.copyOf(roles))));
        return directory.note(Account.of(user, MAIN).orElseThrow(), Optional.empty(), Set.copyOf(roles));
    }

    /** A call or chat that rings for that agent, as one who is available. */
    public InteractionId ringing(Agent agent, Interaction.Kind kind) {
        presences.choose(agent, UUID.randomUUID(), PresenceState.Status.AVAILABLE, "");
        var arrived = desk.simulate(agent, kind, Optional.of("Marie Dupont"), Optional.empty(), UUID.randomUUID());
        return new InteractionId(arrived.interaction());
    }

    public InteractionId active(Agent agent, Interaction.Kind kind) {
        var id = ringing(agent, kind);
        desk.accept(agent, id, UUID.randomUUID());
        return id;
    }

    static Credentials cookie(String token) {
        return credentials(Map.of("cookie", token));
    }

    static Credentials basic(String user, String password) {
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return credentials(
                Map.of("authorization", "Basic " + java.util.Base64.getEncoder().encodeToString(pair)));
    }

    private static Credentials credentials(Map<String, String> values) {
        return new Credentials() {
            @Override
            public Optional<String> cookie(String name) {
                return name.equals(SignIn.COOKIE) ? Optional.ofNullable(values.get("cookie")) : Optional.empty();
            }

            @Override
            public Optional<String> header(String name) {
                return Optional.ofNullable(values.get(name.toLowerCase(java.util.Locale.ROOT)));
            }
        };
    }

    static byte[] key(String purpose) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        interactions.close();
        presences.close();
        runtime.close();
    }

    /** Users in memory; counts how often it was asked. */
    static final class MemoryRealm implements Realm {
        final Map<String, User> users = new TreeMap<>();
        int asked;
        boolean writable = true;

        @Override
        public Optional<Set<String>> verify(String user, String password) {
            asked++;
            return Optional.ofNullable(users.get(user))
                    .filter(known -> known.password().equals(password))
                    .map(User::roles);
        }

        @Override
        public Map<String, Set<String>> users() {
            var roles = new TreeMap<String, Set<String>>();
            users.forEach((name, user) -> roles.put(name, user.roles()));
            return roles;
        }

        @Override
        public boolean add(List<User> more) {
            if (more.stream().anyMatch(user -> users.containsKey(user.name()))) {
                return false;
            }
            put(more);
            return true;
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void roles(String user, Set<String> roles) {
            users.computeIfPresent(user, (name, known) -> {
                var all = new java.util.HashSet<>(known.roles());
                all.removeAll(OURS);
                all.addAll(roles);
                return new User(name, known.password(), Set.copyOf(all));
            });
        }

        @Override
        public void remove(String user) {
            users.remove(user);
        }

        @Override
        public void put(List<User> more) {
            more.forEach(user -> users.put(user.name(), user));
        }
    }

    /** Refuses an address after five failures. */
    private static final class FiveTries implements AttemptLimiter {
        private final Map<String, Integer> failures = new TreeMap<>();

        @Override
        public <T> Optional<T> attempt(SiteId site, String what, String address, Supplier<Optional<T>> attempt) {
            if (failures.getOrDefault(address, 0) >= 5) {
                throw new ProblemException(new Problem(429, "too-many-attempts", "Too many attempts."));
            }
            var found = attempt.get();
            if (found.isEmpty()) {
                failures.merge(address, 1, Integer::sum);
            }
            return found;
        }
    }
}
