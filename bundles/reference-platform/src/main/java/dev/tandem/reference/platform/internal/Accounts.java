package dev.tandem.reference.platform.internal;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

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

    private final Realm realm;
    private final Directory directory;
    private final SecureRandom random = new SecureRandom();

    @Activate
    public Accounts(@Reference Realm realm, @Reference Directory directory) {
        this.realm = realm;
        this.directory = directory;
    }

    /** @param password in plain, known to nobody else */
    public record Made(Agent agent, String user, String password) {}

    /** Makes an account for a person; empty if there is one of that user name, or the name cannot become one. */
    public Optional<Made> make(SiteId site, String name, boolean administrator) {
        return Account.named(name, site, SignIn.HOME)
                .filter(account ->
                        directory.find(account.site(), account.agent()).isEmpty()
                                && !realm.users().containsKey(account.user()))
                .map(account -> {
                    var password = password();
                    var roles = administrator ? Set.of(Realm.AGENT, Realm.ADMINISTRATOR) : Set.of(Realm.AGENT);
                    return new Made(put(account, name, password, roles), account.user(), password);
                });
    }

    Agent put(Account account, String name, String password, Set<String> roles) {
        realm.put(account.user(), password, roles);
        return directory.note(account, Optional.of(name), roles);
    }

    /** Three groups of four: 59 bits, and short enough to type. */
    String password() {
        var text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append(i > 0 && i % 4 == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
