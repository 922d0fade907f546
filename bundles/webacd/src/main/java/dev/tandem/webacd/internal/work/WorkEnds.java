package dev.tandem.webacd.internal.work;

import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.WorkItemId;

/** Commands by agents and sources, which need no router and no lease. */
public final class WorkEnds {
    private WorkEnds() {}

    /** First wins; refused with CONFLICT {@code offer-gone} otherwise. */
    public static Answer<None> accept(
            WorkBook book, SiteId site, WorkItemId item, UUID offer, String agent, UUID command) {
        return book.execute(
                site, item, command, "agent:" + agent, (state, now) -> WorkRules.accept(state, offer, agent, now));
    }

    public static Answer<None> decline(
            WorkBook book, SiteId site, WorkItemId item, UUID offer, String agent, UUID command) {
        return book.execute(
                site, item, command, "agent:" + agent, (state, now) -> WorkRules.decline(state, offer, agent, now));
    }

    /** @param why permanent word */
    public static Answer<None> withdrawFrom(
            WorkBook book, SiteId site, WorkItemId item, String agent, String why, UUID command) {
        return book.execute(
                site, item, command, "system", (state, now) -> WorkRules.withdrawFrom(state, agent, why, now));
    }

    public static Answer<None> finishWrapUp(WorkBook book, SiteId site, WorkItemId item, String agent, UUID command) {
        return book.execute(
                site, item, command, "agent:" + agent, (state, now) -> WorkRules.finishWrapUp(state, agent, now));
    }

    /** Who has it cannot take it; it waits again. */
    public static Answer<None> giveBack(
            WorkBook book, SiteId site, WorkItemId item, String agent, String why, UUID command) {
        return book.execute(site, item, command, "system", (state, now) -> WorkRules.giveBack(state, agent, why, now));
    }

    /** Who has it has passed it on by hand, with all that belongs to it. Accepted if nobody has it. */
    public static Answer<None> pass(WorkBook book, SiteId site, WorkItemId item, String to, UUID command) {
        return book.execute(site, item, command, "system", (state, now) -> WorkRules.pass(state, to, now));
    }

    /** Notes that the customer is told, unless that is what was told last. */
    public static Answer<None> tell(
            WorkBook book, Command<None> command, Optional<Integer> place, Optional<Long> seconds) {
        return book.execute(command, (state, now) -> WorkRules.tell(state, place, seconds, now));
    }

    /** Asks the router. The answer stands in the stream soon. */
    public static Answer<None> askToPick(
            WorkBook book, SiteId site, WorkItemId item, UUID pick, String agent, UUID command) {
        return book.execute(
                site, item, command, "agent:" + agent, (state, now) -> WorkRules.askToPick(state, pick, agent, now));
    }
}
