package dev.tandem.reference.platform.internal;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.Agent;
import dev.tandem.platform.Agent.Role;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.Secrets;

/**
 * Who may sign in at a site, for its administrators. The realm is asked, the directory lends the names. A password is made
 * here, told once and kept by the realm as a digest; it follows from the command's id and a secret key, so that a repeat of
 * the same request gets the same answer, from whatever node, though nobody stores it.
 */
@Component(service = SignIns.class)
public final class SignIns {
    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

    private final Realm realm;
    private final Directory directory;
    private final Presences presences;
    private final SignIn signIn;
    private final Bell bell;
    private final byte[] key;

    @Activate
    public SignIns(
            @Reference Realm realm,
            @Reference Directory directory,
            @Reference Presences presences,
            @Reference SignIn signIn,
            @Reference Bell bell,
            @Reference Secrets secrets) {
        this.realm = realm;
        this.directory = directory;
        this.presences = presences;
        this.signIn = signIn;
        this.bell = bell;
        this.key = secrets.key("platform.password");
    }

    /**
     * One who may sign in.
     *
     * @param open how many browsers are signed in
     */
    public record One(Agent agent, String user, PresenceView presence, int open) {}

    /** @param reason as the agent chose it, or empty */
    public record PresenceView(String status, String reason) {}

    /** @param password in plain, told once */
    public record Made(One one, String password) {}

    /** Whom to add. @param user what to sign in with, without the site; empty: made of the name */
    public record Person(String name, Optional<String> user, Set<Role> roles) {}

    /** Whether they can be changed here at all. */
    public boolean writable() {
        return realm.writable();
    }

    /** Those of a site, by name. */
    public List<One> of(SiteId site) {
        var users = realm.users();
        var agents = users.isEmpty()
                ? directory.agents(site).stream()
                : users.entrySet().stream()
                        .filter(user -> user.getValue().contains(Realm.AGENT))
                        .flatMap(user -> Account.of(user.getKey(), SignIn.HOME)
                                .filter(account -> account.site().equals(site))
                                .map(account -> directory.note(account, Optional.empty(), user.getValue()))
                                .stream());
        return agents.map(this::one)
                .sorted(Comparator.comparing((One one) -> one.agent().name()).thenComparing(One::user))
                .toList();
    }

    /**
     * Adds one, or brings one back who was removed.
     *
     * @param command a repeat of it gets the same answer
     * @throws ProblemException 409 {@code agent-exists}, with the field; 400 for a name no user name can be made of
     */
    public Made add(SiteId site, Person person, UUID command, String actor) {
        writableOrElse();
        var field = person.user().isPresent() ? "user" : "name";
        var account = person.user()
                .map(user -> Account.of(userName(user, site), SignIn.HOME)
                        .filter(found -> found.site().equals(site)))
                .orElseGet(() -> Account.named(person.name(), site, SignIn.HOME))
                .orElseThrow(() -> new ProblemException(Problem.invalid(
                        field, "No user name can be made of it: letters, digits, dots, hyphens and underscores.")));
        var password = password(site, command, account.user());
        var roles = names(person.roles());
        if (!realm.add(List.of(new Realm.User(account.user(), password, roles)))) {
            if (realm.verify(account.user(), password).isEmpty()) {
                throw new ProblemException(new Problem(
                        409, "agent-exists", "That user name is taken.", Optional.of(field), Optional.empty()));
            }
            return new Made(one(found(site, account.agent())), password); // the same request once more
        }
        var agent = directory.note(account, Optional.of(person.name()), roles);
        LOG.info("{} adds the sign-in {} with {}", actor, account.user(), roles);
        bell.changedEverywhere(site);
        return new Made(one(agent), password);
    }

    /**
     * Makes a new password, which ends the agent's open sign-ins.
     *
     * @param kept the token of who asks, which goes on if it is their own
     */
    public Made newPassword(SiteId site, AgentId id, Optional<String> kept, UUID command, String actor) {
        writableOrElse();
        var agent = found(site, id);
        var user = user(agent);
        var password = password(site, command, user);
        boolean repeated = realm.verify(user, password).isPresent();
        if (!repeated) {
            realm.put(List.of(new Realm.User(user, password, names(agent.roles()))));
            signIn.endAll(agent, kept);
            LOG.info("{} gives {} a new password", actor, user);
            bell.changedEverywhere(site);
        }
        return new Made(one(agent), password);
    }

    /**
     * Says what somebody may do. Open sign-ins go on with it.
     *
     * @throws ProblemException 409 {@code own-administrator}, {@code last-administrator}
     */
    public One roles(Agent by, AgentId id, Set<Role> roles) {
        writableOrElse();
        var agent = found(by.site(), id);
        if (agent.has(Role.ADMINISTRATOR) && !roles.contains(Role.ADMINISTRATOR)) {
            if (id.equals(by.id())) {
                throw conflict("own-administrator", "You cannot take this role from yourself; a colleague can.");
            }
            notTheLast(agent);
        }
        var user = user(agent);
        realm.roles(user, names(roles));
        var after = directory.note(account(agent), Optional.empty(), names(roles));
        if (!after.equals(agent)) {
            signIn.changed(after);
            LOG.info("agent:{} gives {} the roles {}", by.id(), user, after.roles());
            bell.changedEverywhere(by.site());
        }
        return one(after);
    }

    /**
     * Removes one for good, with all open sign-ins.
     *
     * @throws ProblemException 409 {@code yourself}, {@code last-administrator}
     */
    public void remove(Agent by, AgentId id) {
        writableOrElse();
        var agent = found(by.site(), id);
        if (id.equals(by.id())) {
            throw conflict("yourself", "You cannot remove yourself; a colleague can.");
        }
        if (agent.has(Role.ADMINISTRATOR)) {
            notTheLast(agent);
        }
        realm.remove(user(agent));
        directory.remove(agent.site(), id);
        signIn.endAll(agent, Optional.empty());
        LOG.info("agent:{} removes the sign-in {}", by.id(), user(agent));
        bell.changedEverywhere(by.site());
    }

    private void writableOrElse() {
        if (!realm.writable()) {
            throw conflict("sign-ins-elsewhere", "Sign-ins are kept in a system of your own, not here.");
        }
    }

    private void notTheLast(Agent agent) {
        boolean another = of(agent.site()).stream()
                .anyMatch(one ->
                        one.agent().has(Role.ADMINISTRATOR) && !one.agent().id().equals(agent.id()));
        if (!another) {
            throw conflict("last-administrator", "This is the site's last administrator.");
        }
    }

    private Agent found(SiteId site, AgentId id) {
        return of(site).stream()
                .map(One::agent)
                .filter(agent -> agent.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    private One one(Agent agent) {
        var state = presences.of(agent.site(), agent.id());
        return new One(
                agent,
                user(agent),
                new PresenceView(state.status().name(), state.reason()),
                state.signIns().size());
    }

    /** The site's part of a user name is not for people to type. */
    private static String userName(String user, SiteId site) {
        return site.equals(SignIn.HOME) || user.endsWith("@" + site) ? user : user + "@" + site;
    }

    private static String user(Agent agent) {
        return userName(agent.id().value(), agent.site());
    }

    private static Account account(Agent agent) {
        return new Account(user(agent), agent.site(), agent.id());
    }

    private static Set<String> names(Set<Role> roles) {
        var all = new HashSet<>(roles);
        all.add(Role.AGENT);
        return all.stream()
                .map(role -> switch (role) {
                    case AGENT -> Realm.AGENT;
                    case SUPERVISOR -> Realm.SUPERVISOR;
                    case ADMINISTRATOR -> Realm.ADMINISTRATOR;
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    private String password(SiteId site, UUID command, String user) {
        return Accounts.password(key, site + "/" + command + "/" + user);
    }

    private static ProblemException conflict(String code, String detail) {
        return new ProblemException(new Problem(409, code, detail));
    }
}
