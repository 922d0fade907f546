package dev.tandem.reference.platform.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Database;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;

/**
 * The realm as every node sees it: Karaf's own, whose file each node has for itself, and before it what was made or changed
 * here, which stands in the database. So a sign-in that is made on one node holds on all, and one that is removed is gone on
 * all, whatever their files say. Users that only the file knows sign in where it stands.
 */
@Component(service = Realm.class)
public final class SharedRealm implements Realm {
    private static final String REMOVED = "";

    private final Realm own;
    private final Database database;

    @Activate
    public SharedRealm(@Reference KarafRealm own, @Reference Tables tables) {
        this((Realm) own, tables);
    }

    /** @param own the realm of this node */
    SharedRealm(Realm own, Tables tables) {
        this.own = own;
        this.database = tables.database();
    }

    /** @param digest of the password; empty if the password is the realm's own, {@link #REMOVED} if the user is gone */
    private record Row(String user, Optional<String> digest, Set<String> roles) {
        boolean removed() {
            return digest.filter(REMOVED::equals).isPresent();
        }

        static Row of(ResultSet row) throws SQLException {
            var roles = Arrays.stream(row.getString("roles").split(","))
                    .filter(role -> !role.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
            return new Row(row.getString("user_name"), Optional.ofNullable(row.getString("digest")), roles);
        }
    }

    @Override
    public Optional<Set<String>> verify(String user, String password) {
        var row = row(user);
        if (row.isEmpty()) {
            return own.verify(user, password);
        }
        if (row.get().digest().isPresent()) {
            return row.get()
                    .digest()
                    .filter(digest -> PasswordDigest.matches(password, digest))
                    .map(digest -> row.get().roles());
        }
        return own.verify(user, password).map(roles -> together(roles, row.get().roles()));
    }

    @Override
    public Map<String, Set<String>> users() {
        var users = new LinkedHashMap<>(own.users());
        for (var row : rows()) {
            if (row.removed()) {
                users.remove(row.user());
            } else {
                users.merge(row.user(), row.roles(), SharedRealm::together);
            }
        }
        return users;
    }

    /** Our roles as they stand in the database, others as the realm has them. */
    private static Set<String> together(Set<String> own, Set<String> ours) {
        var all = new HashSet<>(own);
        all.removeAll(OURS);
        all.addAll(ours);
        return Set.copyOf(all);
    }

    @Override
    public boolean add(List<User> users) {
        writableOrElse();
        var there = users().keySet();
        if (users.stream().map(User::name).anyMatch(there::contains)) {
            return false;
        }
        var rows = users.stream().map(SharedRealm::row).toList();
        // In one order, so that two nodes do not wait for each other; the one that is later finds the name taken.
        var sorted =
                rows.stream().sorted(java.util.Comparator.comparing(Row::user)).toList();
        try {
            database.write(sql -> {
                for (var row : sorted) {
                    int added = sql.update(
                            "insert into platform_account (site, user_name, digest, roles) values (?, ?, ?, ?)"
                                    + " on conflict (site, user_name) do update set digest = excluded.digest,"
                                    + " roles = excluded.roles where platform_account.digest = ''",
                            site(row.user()),
                            row.user(),
                            row.digest().orElseThrow(),
                            roles(row));
                    if (added == 0) {
                        throw new Taken();
                    }
                }
                return null;
            });
            return true;
        } catch (Taken e) {
            return false;
        }
    }

    /** Undoes what was written before. */
    private static final class Taken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void put(List<User> users) {
        writableOrElse();
        users.stream().map(SharedRealm::row).forEach(this::write);
        var there = own.users().keySet();
        var known = users.stream().filter(user -> there.contains(user.name())).toList();
        if (!known.isEmpty()) {
            own.put(known);
        }
    }

    @Override
    public boolean writable() {
        return own.writable();
    }

    @Override
    public void roles(String user, Set<String> roles) {
        writableOrElse();
        if (!users().containsKey(user)) {
            return;
        }
        var digest = row(user).flatMap(Row::digest);
        write(new Row(user, digest, Set.copyOf(roles)));
        if (own.users().containsKey(user)) {
            own.roles(user, roles);
        }
    }

    @Override
    public void remove(String user) {
        writableOrElse();
        write(new Row(user, Optional.of(REMOVED), Set.of()));
        own.remove(user);
    }

    private void writableOrElse() {
        if (!writable()) {
            throw new IllegalStateException("the realm does not take new users");
        }
    }

    private static Row row(User user) {
        return new Row(user.name(), Optional.of(PasswordDigest.of(user.password())), user.roles());
    }

    private void write(Row row) {
        database.write(sql -> {
            write(sql, row);
            return null;
        });
    }

    private static void write(Sql sql, Row row) throws SQLException {
        // The realm's own password: a parameter that is null has no type PostgreSQL could know.
        var digest = row.digest().isPresent() ? "?" : "null";
        var values = row.digest().isPresent()
                ? new Object[] {
                    site(row.user()), row.user(), roles(row), row.digest().get()
                }
                : new Object[] {site(row.user()), row.user(), roles(row)};
        sql.update(
                "insert into platform_account (site, user_name, roles, digest) values (?, ?, ?, " + digest + ")"
                        + " on conflict (site, user_name) do update set digest = excluded.digest,"
                        + " roles = excluded.roles",
                values);
    }

    private static String roles(Row row) {
        return row.roles().stream().sorted().collect(Collectors.joining(","));
    }

    private Optional<Row> row(String user) {
        return Account.of(user, SignIn.HOME)
                .flatMap(account -> database.read(sql -> sql.first(
                        "select user_name, digest, roles from platform_account where site = ? and user_name = ?",
                        Row::of,
                        account.site(),
                        user)));
    }

    private List<Row> rows() {
        return database.read(
                sql -> sql.all("select user_name, digest, roles from platform_account order by user_name", Row::of));
    }

    private static SiteId site(String user) {
        return Account.of(user, SignIn.HOME)
                .orElseThrow(() -> new IllegalArgumentException("no user of a site: " + user))
                .site();
    }
}
