package dev.tandem.web;

import java.util.UUID;

import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;

/** Who is calling, as far as it has been proven. */
public sealed interface Caller {
    /** A signed-in agent of the platform. */
    record OfAgent(Agent agent) implements Caller {
        @Override
        public SiteId site() {
            return agent.site();
        }

        @Override
        public String actor() {
            return "agent:" + agent.id();
        }
    }

    /** A customer who has a seat in a session and proved it by the token of that seat. */
    record OfCustomer(SiteId site, UUID session, UUID participant) implements Caller {
        @Override
        public String actor() {
            return "customer:" + participant;
        }
    }

    /**
     * An outside expert who was given a link to look at a session. By REST a viewer reads and gets tickets, nothing else;
     * whoever asks for another kind of caller refuses it by that.
     */
    record OfViewer(SiteId site, UUID session, UUID participant) implements Caller {
        @Override
        public String actor() {
            return "viewer:" + participant;
        }
    }

    /** Nobody who is known; the site is the one the request is about. */
    record Anonymous(SiteId site) implements Caller {
        @Override
        public String actor() {
            return "anonymous";
        }
    }

    /** The site that the caller belongs to, or that the request is about. */
    SiteId site();

    /** How the caller stands in the journal. */
    String actor();
}
