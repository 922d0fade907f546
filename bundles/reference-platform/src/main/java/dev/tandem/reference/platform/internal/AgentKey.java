package dev.tandem.reference.platform.internal;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/** An agent among all sites. */
record AgentKey(SiteId site, AgentId agent) {
    /** The id of the agent's presence stream: always the same one. */
    UUID presenceStream() {
        return UUID.nameUUIDFromBytes(("presence/" + site + "/" + agent).getBytes(StandardCharsets.UTF_8));
    }
}
