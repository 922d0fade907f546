package dev.tandem.reference.platform.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.web.Secrets;

/**
 * Makes the first accounts at the first start and writes their passwords to {@code etc/tandem-sign-ins.txt}, which only
 * its owner can read: one line each, {@code user password role,role}. An account that was deleted since stays deleted.
 * Nodes that make them at the same time make the same ones, since the passwords follow from the secret that nodes share; one
 * that starts later writes no such file.
 */
@Component(service = FirstSignIns.class, immediate = true)
public final class FirstSignIns {
    private static final Logger LOG = LoggerFactory.getLogger(FirstSignIns.class);
    private static final String FILE = "tandem-sign-ins.txt";

    private record First(String user, String name, Set<String> roles) {}

    private static final List<First> FIRST = List.of(
            new First("anna.bell", "Anna Bell", Set.of(Realm.AGENT)),
            new First("ben.cole", "Ben Cole", Set.of(Realm.AGENT)),
            new First("admin", "Ada Admin", Set.of(Realm.AGENT, Realm.ADMINISTRATOR)));

    @Activate
    public FirstSignIns(
            BundleContext context,
            @Reference Realm realm,
            @Reference Accounts accounts,
            @Reference Directory directory,
            @Reference Secrets secrets) {
        this(Path.of(Optional.ofNullable(context.getProperty("karaf.etc")).orElse("etc")), realm, directory, secrets);
    }

    FirstSignIns(Path etc, Realm realm, Directory directory, Secrets secrets) {
        try {
            make(etc.resolve(FILE), realm, directory, secrets.key("platform.first-password"));
        } catch (IOException e) {
            throw new UncheckedIOException("the first sign-ins could not be written", e);
        }
    }

    private static void make(Path file, Realm realm, Directory directory, byte[] key) throws IOException {
        var users = realm.users();
        var written = read(file);
        var lines = new ArrayList<String>();
        var missing = new ArrayList<Realm.User>();
        for (var first : FIRST) {
            var account = account(first.user());
            boolean known = directory.met(account.site(), account.agent()).isPresent();
            if (!known && !users.containsKey(first.user())) {
                var password = Optional.ofNullable(written.get(first.user()))
                        .orElseGet(() -> Accounts.password(key, first.user()));
                missing.add(new Realm.User(first.user(), password, first.roles()));
                lines.add(first.user() + " " + password + " "
                        + String.join(",", first.roles().stream().sorted().toList()));
            }
        }
        if (!missing.isEmpty()) {
            // The file first: a password that only the realm knows would be lost.
            write(file, lines);
            realm.put(missing);
            LOG.info("The first sign-ins stand in {}", file);
        }
        note(realm.users(), directory);
    }

    /** Agents of the realm are in the directory before they sign in. */
    private static void note(Map<String, Set<String>> users, Directory directory) {
        users.forEach((user, roles) -> {
            if (roles.contains(Realm.AGENT)) {
                var name = FIRST.stream()
                        .filter(first -> first.user().equals(user))
                        .map(First::name)
                        .findFirst();
                Account.of(user, SignIn.HOME).ifPresent(account -> {
                    var known = directory.met(account.site(), account.agent()).isPresent();
                    directory.note(account, known ? Optional.empty() : name, roles);
                });
            }
        });
    }

    private static Account account(String user) {
        return Account.of(user, SignIn.HOME).orElseThrow();
    }

    private static Map<String, String> read(Path file) throws IOException {
        var passwords = new TreeMap<String, String>();
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                var words = line.split(" ");
                if (words.length >= 2) {
                    passwords.put(words[0], words[1]);
                }
            }
        }
        return passwords;
    }

    private static void write(Path file, List<String> lines) throws IOException {
        var fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        boolean posix =
                Files.getFileAttributeView(file.getParent(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        != null;
        if (posix) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(fresh, lines);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
