package dev.tandem.webacd.rest;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import dev.tandem.journal.Refusal;
import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.ConfigDesk;
import dev.tandem.webacd.internal.config.RoutingFault;

/** Who may come in, and how what is wrong is told. */
final class Doors {
    private Doors() {}

    /** The site of a supervisor or an administrator, who may read. */
    static SiteId reader(Call call) {
        var agent = call.agent();
        if (!agent.has(Agent.Role.SUPERVISOR) && !agent.has(Agent.Role.ADMINISTRATOR)) {
            throw new ProblemException(
                    new Problem(403, "supervisor-needed", "The routing of a site is for its supervisors."));
        }
        return agent.site();
    }

    /** Who changes: an administrator. */
    static ConfigDesk.By writer(Call call) {
        var site = call.administrator().site();
        return new ConfigDesk.By(site, call.commandId(), call.caller().actor());
    }

    static void run(Runnable change) {
        get(() -> {
            change.run();
            return Optional.empty();
        });
    }

    static <T> T get(Supplier<T> what) {
        try {
            return what.get();
        } catch (RoutingFault fault) {
            throw problem(fault);
        }
    }

    private static ProblemException problem(RoutingFault fault) {
        var refusal = fault.refusal();
        if (refusal.reason() == Refusal.Reason.UNKNOWN) {
            return new ProblemException(Problem.unknown());
        }
        var known = ProblemException.refused(refusal).problem();
        return new ProblemException(
                new Problem(known.status(), known.code(), known.detail(), fault.field(), known.retryAfterSeconds()));
    }

    static QueueId queue(String id) {
        try {
            return new QueueId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.unknown());
        }
    }

    /** @param body null if there was none */
    static <B> B needed(B body) {
        return Optional.ofNullable(body)
                .orElseThrow(() -> new ProblemException(Problem.invalid("body", "A body is needed.")));
    }

    /** A version that the caller has seen. @param text null if none was sent */
    static Optional<Long> version(String text) {
        try {
            return Optional.ofNullable(text).map(Long::valueOf);
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.invalid("version", "A version is a whole number."));
        }
    }
}
