package dev.tandem.reference.platform.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;

/** Makes accounts for agents: in the realm, with a password that nobody chose, and in the directory. */
@Component(service = Accounts.class)
public final class Accounts {
    /** Without what is taken for something else when read aloud or from paper. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Realm realm;
    private final Directory directory;

    @Activate
    public Accounts(@Reference Realm realm, @Reference Directory directory) {
        this.realm = realm;
        this.directory = directory;
    }

    /** @param password in plain, known to nobody else */
    public record Made(Agent agent, String user, String password) {}

    /** Whom to make an account for. */
    public record Person(String name, boolean administrator) {}

    /**
     * Makes accounts for people.
     *
     * @param refuse what to throw for the person of that index, whose name is taken or cannot become a user name
     */
    public List<Made> make(SiteId site, List<Person> people, IntFunction<? extends RuntimeException> refuse) {
        var taken = new HashSet<>(realm.users().keySet());
        var users = new ArrayList<Realm.User>();
        var accounts = new ArrayList<Account>();
        for (int i = 0; i < people.size(); i++) {
            int index = i;
            var account = Account.named(people.get(i).name(), site, SignIn.HOME)
                    .filter(one -> directory.met(one.site(), one.agent()).isEmpty() && taken.add(one.user()))
                    .orElseThrow(() -> refuse.apply(index));
            accounts.add(account);
            users.add(new Realm.User(
                    account.user(),
                    password(),
                    people.get(i).administrator() ? Set.of(Realm.AGENT, Realm.ADMINISTRATOR) : Set.of(Realm.AGENT)));
        }
        if (!realm.add(users)) {
            // Somebody was faster, at another node perhaps.
            var there = realm.users().keySet();
            throw refuse.apply(IntStream.range(0, users.size())
                    .filter(i -> there.contains(users.get(i).name()))
                    .findFirst()
                    .orElse(0));
        }
        return IntStream.range(0, people.size())
                .mapToObj(i -> {
                    var user = users.get(i);
                    var agent = directory.note(
                            accounts.get(i), Optional.of(people.get(i).name()), user.roles());
                    return new Made(agent, user.name(), user.password());
                })
                .toList();
    }

    /** Three groups of four: 59 bits, and short enough to type. */
    static String password() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return password(bytes);
    }

    /** The same each time for the same words under the same key, on every node that has the key. */
    static String password(byte[] key, String words) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return password(mac.doFinal(words.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** The same from bytes that nobody can guess, of which 12 times two are used. */
    static String password(byte[] bytes) {
        var text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            int two = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
            text.append(i > 0 && i % 4 == 0 ? "-" : "").append(LETTERS.charAt(two % LETTERS.length()));
        }
        return text.toString();
    }
}
