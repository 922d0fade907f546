package dev.tandem.reference.platform.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.BackingEngine;
import org.apache.karaf.jaas.modules.BackingEngineFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Karaf's own realm: whoever has an account there signs in with it, and new accounts are made by Karaf's engine. */
@Component(service = KarafRealm.class)
public final class KarafRealm implements Realm {
    private static final String NAME = "karaf";
    private static final String USERS = "users"; // the file, as Karaf's file realm calls it
    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final List<JaasRealm> realms;
    private final List<BackingEngineFactory> factories;

    /** Karaf's file realm writes its file in place and reads it at every sign-in; neither may meet the other. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** The users that were there when the realm was last looked at. */
    private final Set<String> known = new HashSet<>();

    @Activate
    public KarafRealm(
            @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policyOption = ReferencePolicyOption.GREEDY)
                    List<JaasRealm> realms,
            @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policyOption = ReferencePolicyOption.GREEDY)
                    List<BackingEngineFactory> factories) {
        this.realms = List.copyOf(realms);
        this.factories = List.copyOf(factories);
    }

    @Override
    public Optional<Set<String>> verify(String user, String password) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        lock.readLock().lock();
        // JAAS looks for the realm's proxy module in the thread's loader, and a web thread's does not know it.
        thread.setContextClassLoader(ProxyLoginModule.class.getClassLoader());
        try {
            var login = new LoginContext(NAME, new Subject(), new Answers(user, password));
            login.login();
            var roles = login.getSubject().getPrincipals(RolePrincipal.class).stream()
                    .map(RolePrincipal::getName)
                    .collect(Collectors.toUnmodifiableSet());
            login.logout();
            return Optional.of(roles);
        } catch (LoginException refused) {
            return Optional.empty();
        } finally {
            thread.setContextClassLoader(loader);
            lock.readLock().unlock();
        }
    }

    @Override
    public Map<String, Set<String>> users() {
        lock.writeLock().lock();
        try {
            return engine().map(KarafRealm::users).orElse(Map.of());
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Karaf's engine writes the file in place, several times for each user, and Karaf's own encryption, which watches it,
     * reads it in such a moment, takes half a line for a password and saves that: accounts would be lost. So the engine
     * works on a copy, which then takes the file's place in one step, with every password already encrypted.
     */
    @Override
    public void put(List<User> users) {
        change(engine -> add(engine, users));
    }

    @Override
    public boolean add(List<User> users) {
        lock.writeLock().lock();
        try {
            var there = users().keySet();
            if (users.stream().map(User::name).anyMatch(there::contains)) {
                return false;
            }
            put(users);
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public boolean writable() {
        return engineEntry().isPresent();
    }

    @Override
    public void roles(String user, Set<String> roles) {
        change(engine -> engine.listUsers().stream()
                .filter(known -> known.getName().equals(user))
                .findFirst()
                .ifPresent(known -> {
                    engine.listRoles(known).stream()
                            .map(RolePrincipal::getName)
                            .filter(role -> OURS.contains(role) && !roles.contains(role))
                            .toList()
                            .forEach(role -> engine.deleteRole(user, role));
                    roles.stream().sorted().forEach(role -> engine.addRole(user, role));
                }));
    }

    @Override
    public void remove(String user) {
        change(engine -> {
            if (engine.listUsers().stream().anyMatch(known -> known.getName().equals(user))) {
                engine.deleteUser(user);
            }
        });
    }

    private void change(Consumer<BackingEngine> how) {
        lock.writeLock().lock();
        try {
            var entry = engineEntry().orElseThrow(() -> noNewUsers(null));
            if (entry.options().get(USERS) instanceof String file) {
                // Nodes may share one file by links to it; the links stay.
                changeByCopy(Path.of(file).toRealPath(), entry, how);
            } else {
                how.accept(entry.build().orElseThrow(() -> noNewUsers(null)));
            }
            // What we have just written is what is known: the next look need not wait for it, nor for who has gone.
            known.clear();
            engine();
        } catch (IOException e) {
            throw noNewUsers(e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void changeByCopy(Path file, EngineEntry entry, Consumer<BackingEngine> how) throws IOException {
        engine(); // waits for a whole file
        var copy = file.resolveSibling(file.getFileName() + ".tandem");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        try {
            how.accept(entry.on(copy).build().orElseThrow(() -> noNewUsers(null)));
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static void add(BackingEngine engine, List<User> users) {
        for (var user : users) {
            engine.addUser(user.name(), user.password());
            user.roles().stream().sorted().forEach(role -> engine.addRole(user.name(), role));
        }
    }

    private static IllegalStateException noNewUsers(IOException cause) {
        return new IllegalStateException("the realm " + NAME + " does not take new users", cause);
    }

    /** A fresh engine that has not been made of a half-written file, as far as can be told. */
    private Optional<BackingEngine> engine() {
        for (int tried = 1; ; tried++) {
            var engine = build();
            var names = engine.map(KarafRealm::users).orElse(Map.of()).keySet();
            if (names.containsAll(known) || tried == TRIES) {
                known.clear();
                known.addAll(names);
                return engine;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Optional<BackingEngine> build() {
        return engineEntry().flatMap(EngineEntry::build);
    }

    /** What makes the engine of the realm's users and passwords. */
    private Optional<EngineEntry> engineEntry() {
        for (var realm : realms) {
            if (!realm.getName().equals(NAME)) {
                continue;
            }
            for (var entry : realm.getEntries()) {
                var module = entry.getOptions().get(ProxyLoginModule.PROPERTY_MODULE);
                for (var factory : factories) {
                    // The engine of public keys keeps users too, but no passwords.
                    if (factory.getModuleClass().equals(module)
                            && !factory.getModuleClass().contains("publickey")) {
                        return Optional.of(new EngineEntry(factory, Map.copyOf(entry.getOptions())));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private record EngineEntry(BackingEngineFactory factory, Map<String, ?> options) {
        Optional<BackingEngine> build() {
            return Optional.ofNullable(factory.build(options));
        }

        EngineEntry on(Path file) {
            var changed = new HashMap<String, Object>(options);
            changed.put(USERS, file.toString());
            return new EngineEntry(factory, changed);
        }
    }

    private static Map<String, Set<String>> users(BackingEngine engine) {
        var users = new LinkedHashMap<String, Set<String>>();
        for (var user : engine.listUsers()) {
            users.put(
                    user.getName(),
                    engine.listRoles(user).stream()
                            .map(RolePrincipal::getName)
                            .collect(Collectors.toUnmodifiableSet()));
        }
        return users;
    }

    /** Gives the realm what the agent typed; a module that asks for anything else (a key) is told so and passes. */
    private record Answers(String user, String password) implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
            for (var callback : Arrays.asList(callbacks)) {
                if (callback instanceof NameCallback name) {
                    name.setName(user);
                } else if (callback instanceof PasswordCallback secret) {
                    secret.setPassword(password.toCharArray());
                } else {
                    throw new UnsupportedCallbackException(callback);
                }
            }
        }

        @Override
        public String toString() {
            return "Answers[" + user + "]";
        }
    }
}
