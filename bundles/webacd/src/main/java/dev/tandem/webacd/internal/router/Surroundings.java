package dev.tandem.webacd.internal.router;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.tandem.journal.Ids;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.desk.Absences;
import dev.tandem.webacd.internal.engine.AgentFacts;
import dev.tandem.webacd.internal.engine.Settings;
import dev.tandem.webacd.internal.work.OtherWorks;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.WorkBook;

/** What a router works with, and how it sees the site. */
record Surroundings(
        WorkBook book,
        Plans plans,
        AgentDirectory directory,
        Absences absences,
        OtherWorks others,
        Ids ids,
        Clock clock) {

    /** Every agent as set and as present; whoever does not answer counts as away. */
    Map<AgentId, AgentFacts> agents(SiteId site) {
        var queues = new HashMap<AgentId, Map<QueueId, Integer>>();
        for (var queue : plans.queues(site)) {
            queue.members().forEach((agent, rank) -> queues.computeIfAbsent(agent, a -> new HashMap<>())
                    .put(queue.id(), rank));
        }
        var absent = absences.of(site).keySet();
        var all = new HashMap<AgentId, AgentFacts>();
        plans.agents(site)
                .forEach((id, plan) -> all.put(
                        id,
                        new AgentFacts(
                                id,
                                presence(site, id, absent),
                                plan.inbound(),
                                plan.capacity(),
                                queues.getOrDefault(id, Map.of()),
                                plan.skills())));
        return all;
    }

    AgentFacts.Presence presence(SiteId site, AgentId agent, Set<String> absent) {
        var now = directory.presence(site, agent);
        if (now instanceof Presence.Available) {
            return absent.contains(agent.value()) ? AgentFacts.Presence.AWAY : AgentFacts.Presence.AVAILABLE;
        }
        return now instanceof Presence.Away ? AgentFacts.Presence.AWAY : AgentFacts.Presence.OFFLINE;
    }

    Settings settings(SiteId site) {
        var named = plans.named(site);
        var settings = Settings.DEFAULT.withAgents(named.offer(), named.patience());
        return plans.fallback(site).map(settings::withFallback).orElse(settings);
    }
}
