package dev.tandem.webacd.internal.simulator;

import java.util.List;
import java.util.Optional;

import dev.tandem.webacd.internal.config.Routing;
import dev.tandem.webacd.internal.engine.AgentFacts;
import dev.tandem.webacd.internal.rules.RuleSet;

/**
 * A scenario that was judged.
 *
 * @param rules by which who came by an entry is routed anew; empty to leave it as it was
 * @param agents whom there are, those in addition among them
 */
record Scene(String name, Routing routing, Optional<RuleSet> rules, List<AgentFacts> agents, Request.Shifts shifts) {
    /** What agents in addition are called, before their number. */
    static final String MORE = "simulated-";
}
