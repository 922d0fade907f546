package dev.tandem.reference.platform.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Database;
import dev.tandem.platform.Agent;
import dev.tandem.platform.Agent.Role;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;

/** The agents the platform has met: those it made accounts for and everybody who ever signed in. */
@Component(service = {AgentDirectory.class, Directory.class})
public final class Directory implements AgentDirectory {
    private static final String AGENT_COLUMNS = "select site, agent, name, roles from platform_agent ";

    private final Database database;
    private final Presences presences;

    /** Asked at every request. Another node tells of its changes; one that goes unheard shows after this long. */
    private final Recent<AgentKey, Agent> recent;

    @Activate
    public Directory(@Reference Tables tables, @Reference Presences presences, @Reference Clock clock) {
        this.database = tables.database();
        this.presences = presences;
        this.recent = new Recent<>(clock, Duration.ofSeconds(10), 1000);
    }

    @Override
    public Optional<Agent> find(SiteId site, AgentId agent) {
        return met(site, agent).filter(one -> one.has(Role.AGENT));
    }

    /** Also one who was removed, whose name stands under what they did; without roles then. */
    Optional<Agent> met(SiteId site, AgentId agent) {
        return recent.get(
                new AgentKey(site, agent),
                () -> database.read(sql ->
                        sql.first(AGENT_COLUMNS + "where site = ? and agent = ?", Directory::agent, site, agent)));
    }

    @Override
    public List<Agent> agents(SiteId site) {
        return database.read(sql ->
                sql.all(AGENT_COLUMNS + "where site = ? and roles <> '' order by name, agent", Directory::agent, site));
    }

    @Override
    public Presence presence(SiteId site, AgentId agent) {
        return presences.of(site, agent).presence();
    }

    /** Notes an account with the roles that the realm gives it. A name that is known stays unless a new one is given. */
    Agent note(Account account, Optional<String> name, Set<String> realmRoles) {
        var roles = roles(realmRoles);
        var known = met(account.site(), account.agent());
        var shown = name.or(() -> known.map(Agent::name)).orElseGet(account::likelyName);
        var agent = new Agent(account.site(), account.agent(), shown, roles);
        if (!known.equals(Optional.of(agent))) {
            database.write(sql -> sql.update(
                    "insert into platform_agent (site, agent, user_name, name, roles) values (?, ?, ?, ?, ?)"
                            + " on conflict (site, agent) do update set user_name = excluded.user_name,"
                            + " name = excluded.name, roles = excluded.roles",
                    agent.site(),
                    agent.id(),
                    account.user(),
                    agent.name(),
                    roles.stream().map(Role::name).sorted().collect(Collectors.joining(","))));
            recent.forget(new AgentKey(agent.site(), agent.id()));
        }
        return agent;
    }

    /** One who cannot sign in any more. The row stays: for the name, and so that no first sign-in is made anew. */
    void remove(SiteId site, AgentId agent) {
        database.write(
                sql -> sql.update("update platform_agent set roles = '' where site = ? and agent = ?", site, agent));
        recent.forget(new AgentKey(site, agent));
    }

    /** Another node has changed something about that agent. */
    void forget(SiteId site, AgentId agent) {
        recent.forget(new AgentKey(site, agent));
    }

    void forgetAll() {
        recent.forgetAll();
    }

    private static Set<Role> roles(Set<String> realmRoles) {
        var roles = EnumSet.of(Role.AGENT);
        if (realmRoles.contains(Realm.SUPERVISOR)) {
            roles.add(Role.SUPERVISOR);
        }
        if (realmRoles.contains(Realm.ADMINISTRATOR)) {
            roles.add(Role.ADMINISTRATOR);
        }
        return roles;
    }

    private static Agent agent(ResultSet row) throws SQLException {
        var roles = Arrays.stream(row.getString("roles").split(","))
                .filter(role -> !role.isEmpty())
                .map(Role::valueOf)
                .collect(Collectors.toUnmodifiableSet());
        return new Agent(
                new SiteId(row.getString("site")), new AgentId(row.getString("agent")), row.getString("name"), roles);
    }
}
