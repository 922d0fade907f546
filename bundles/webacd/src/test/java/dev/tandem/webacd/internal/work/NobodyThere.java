package dev.tandem.webacd.internal.work;

import java.util.List;
import java.util.Optional;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;

/** A platform in which no agent is known. */
public final class NobodyThere implements AgentDirectory {
    @Override
    public Optional<Agent> find(SiteId site, AgentId agent) {
        return Optional.empty();
    }

    @Override
    public List<Agent> agents(SiteId site) {
        return List.of();
    }

    @Override
    public Presence presence(SiteId site, AgentId agent) {
        return new Presence.Offline();
    }
}
