package dev.tandem.webacd.internal.engine;

/** Why an agent was asked, or was not. */
public enum Reason {
    /** Asked. */
    CHOSEN,
    /** Could be asked, but another one comes first. */
    ORDER,
    /** Not signed in. */
    OFFLINE,
    /** Not there for customers. */
    AWAY,
    /** Takes nothing from the router. */
    NO_INBOUND,
    /** Does not work for the queue. */
    NOT_IN_QUEUE,
    /** Has as much as they may have. */
    FULL,
    /** The same, and some of it are notes. */
    WRAP_UP,
    /** The same, and is asked for something else. */
    OFFERED_OTHER,
    /** Lacks a skill or its level. */
    SKILL_MISSING,
    /** Has declined it or let it expire. */
    DECLINED_BEFORE,
    /** It waits for another agent, who has helped this customer last. */
    PREFERRED_OTHER,
    /** Its queue is closed. */
    QUEUE_CLOSED,
    /** It is for others by name. */
    NOT_TARGETED
}
