package dev.tandem.webacd.internal.work;

import java.util.Map;
import java.util.function.Consumer;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/** What agents do beside work items, and what takes a place of their capacity all the same. Published by who knows it. */
public interface OtherWork {
    /** How many such things each agent has now, as it is stored; who has none is left out. */
    Map<AgentId, Integer> of(SiteId site);

    /** Is told when that may have changed in a site, on every node; returns at once. @return undoes it */
    Runnable listen(Consumer<SiteId> changed);
}
