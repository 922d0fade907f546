package dev.tandem.webacd.internal.work;

import java.util.Optional;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.WorkItemId;

/** What is published for this bundle's own subscribers, so that what must follow does, whatever crashes. */
public sealed interface Aside {
    /** The customer is to be told of the wait. @param seconds the estimate */
    record Wait(
            SiteId site,
            WorkItemId item,
            String source,
            String sourceId,
            Optional<Integer> position,
            Optional<Long> seconds)
            implements Aside {}

    /** That agent was asked alone and has said nothing. */
    record NoAnswer(SiteId site, WorkItemId item, String agent) implements Aside {}
}
