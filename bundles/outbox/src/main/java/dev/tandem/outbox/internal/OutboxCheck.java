package dev.tandem.outbox.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether there is a mail server and somebody answers there, and what waits. Without one all is well, and it says so. */
@Component(
        property = {
            HealthCheck.NAME + "=mail",
            HealthCheck.TAGS + "=tandem",
            HealthCheck.RESULT_CACHE_TTL_IN_MS + ":Long=30000"
        })
public final class OutboxCheck implements HealthCheck {
    private static final int CONNECT_MILLIS = 2_000;
    private static final Duration LATELY = Duration.ofDays(1);

    private final OutboxStreams streams;
    private final MailServer server;

    @Activate
    public OutboxCheck(@Reference OutboxStreams streams, @Reference MailServer server) {
        this.streams = streams;
        this.server = server;
    }

    @Override
    public Result execute() {
        var known = server.known();
        var count = streams.table().count(streams.now().minus(LATELY));
        return judge(known, count, known.server().flatMap(OutboxCheck::trouble));
    }

    static Result judge(MailServer.Known known, MessageTable.Count count, Optional<String> trouble) {
        var warnings = new ArrayList<String>();
        known.fault().ifPresent(fault -> warnings.add("No mail can be sent: " + fault));
        trouble.ifPresent(why -> warnings.add(why + ". Mail waits and is tried again for a day."));
        if (known.server().isEmpty() && count.waiting() > 0) {
            warnings.add(messages(count.waiting()) + " for a node with a mail server: etc/dev.tandem.outbox.cfg");
        }
        if (count.trouble() > 0) {
            warnings.add("In the last day " + count.trouble()
                    + " could not be sent, or nobody knows whether they were; tandem:outbox lists them.");
        }
        if (!warnings.isEmpty()) {
            var log = new ResultLog();
            warnings.forEach(message -> log.add(new ResultLog.Entry(Status.WARN, message)));
            return new Result(log);
        }
        return new Result(
                Status.OK,
                known.server()
                        .map(to -> "Mail goes to " + to + "; " + messages(count.waiting()))
                        .orElse("No mail server is configured: people send invitations with their own mail program"));
    }

    private static String messages(long waiting) {
        return waiting == 0 ? "nothing waits" : waiting + (waiting == 1 ? " message waits" : " messages wait");
    }

    /** Only whether somebody is there; a conversation for nothing would be noted on the other side. */
    private static Optional<String> trouble(SmtpServer server) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of("The mail server " + server + " cannot be reached: " + e.getMessage());
        }
    }
}
