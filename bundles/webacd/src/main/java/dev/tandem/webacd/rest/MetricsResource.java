package dev.tandem.webacd.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.ws.rs.BeanParam;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;
import dev.tandem.webacd.internal.metrics.Csv;
import dev.tandem.webacd.internal.metrics.Interval;
import dev.tandem.webacd.internal.metrics.Metrics;
import dev.tandem.webacd.internal.metrics.Report;
import dev.tandem.webacd.internal.metrics.Report.Row;
import dev.tandem.webacd.internal.metrics.Report.Series;
import dev.tandem.webacd.internal.work.Plans;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /api/webacd/metrics}: what happened, by interval and queue. */
@Component(service = MetricsResource.class)
@RestPath(rest_path = "/webacd/metrics")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "WebACD: monitor")
@SecurityRequirement(name = "agent")
public final class MetricsResource {
    private static final String BOUNDS = "`invalid`: with the field. At most 7 days by 15m, 62 by hour, 400 by day.";

    private final Metrics metrics;
    private final Plans plans;
    private final Clock clock;

    @Activate
    public MetricsResource(@Reference Metrics metrics, @Reference Plans plans, @Reference Clock clock) {
        this.metrics = metrics;
        this.plans = plans;
        this.clock = clock;
    }

    /** What is asked for. */
    public static final class Asked {
        @QueryParam("from")
        @Schema(description = "An instant; a day before `to` if missing.")
        public String from;

        @QueryParam("to")
        @Schema(description = "An instant; now if missing.")
        public String to;

        @QueryParam("interval")
        @Schema(description = "`15m`, `hour` or `day`; `hour` if missing.")
        public String interval;

        @QueryParam("queue")
        @Schema(description = "The id of a queue; the whole site if missing.")
        public String queue;
    }

    /** A report. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record MetricsView(
            @Schema(description = "Of the site's clock, by which days begin.") String zone,
            String interval,
            @Schema(description = "Within which an answer is in time.") long inTimeSeconds,
            @Schema(description = "Of the queue that was asked for, or the whole site.") Row total,
            List<Row> intervals,
            @Schema(description = "Of each queue over the whole time.") List<QueueTotal> queues) {}

    /** A queue's numbers over the whole time. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record QueueTotal(UUID queue, String name, Row total) {}

    private record Wanted(
            SiteId site, Instant from, Instant to, Interval interval, ZoneId zone, Optional<UUID> queue) {}

    @GET
    @Operation(
            summary = "What happened, by interval",
            description =
                    "Service level, speed of answer, handle time, abandon rate, occupancy, transfers. Rates are 0 to 1,"
                            + " times seconds; null where there is nothing to measure.")
    @ApiResponse(responseCode = "400", description = BOUNDS)
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    public MetricsView metrics(@Context Call call, @BeanParam Asked asked) {
        var wanted = wanted(Doors.reader(call), asked);
        var report = report(wanted);
        var chosen = chosen(wanted, report);
        return new MetricsView(
                wanted.zone().getId(),
                wanted.interval().word(),
                report.threshold().toSeconds(),
                chosen.total(),
                chosen.intervals(),
                report.queues().stream()
                        .map(one -> new QueueTotal(
                                one.queue().orElseThrow(), one.name().orElse(""), one.total()))
                        .toList());
    }

    @GET
    @Path("csv")
    @Produces({"text/csv", MediaType.APPLICATION_JSON})
    @Operation(
            summary = "The same for spreadsheets",
            description = "Of the queue that is asked for, or of every queue and, with an empty name, the whole site.")
    @ApiResponse(responseCode = "400", description = BOUNDS)
    @ApiResponse(responseCode = "403", description = "`supervisor-needed`: not for every agent.")
    public Response csv(@Context Call call, @BeanParam Asked asked) {
        var wanted = wanted(Doors.reader(call), asked);
        var report = report(wanted);
        var lines = wanted.queue().isPresent()
                ? Stream.of(chosen(wanted, report))
                : Stream.concat(report.queues().stream(), Stream.of(report.site()));
        var name = "queues-" + wanted.from().atZone(wanted.zone()).toLocalDate() + "-"
                + wanted.interval().word() + ".csv";
        return Response.ok(Csv.of(lines))
                .type("text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private Report report(Wanted wanted) {
        return metrics.report(wanted.site(), wanted.from(), wanted.to(), wanted.interval(), wanted.zone());
    }

    private static Series chosen(Wanted wanted, Report report) {
        return wanted.queue().isEmpty()
                ? report.site()
                : report.queues().stream()
                        .filter(one -> one.queue().equals(wanted.queue()))
                        .findFirst()
                        .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    private Wanted wanted(SiteId site, Asked asked) {
        var interval = Interval.of(Optional.ofNullable(asked.interval).orElse(Interval.HOUR.word()))
                .orElseThrow(() -> invalid("interval", "An interval is 15m, hour or day."));
        var to = Times.parse("to", asked.to).orElse(clock.instant());
        var from = Times.parse("from", asked.from).orElse(to.minus(Duration.ofDays(1)));
        if (!from.isBefore(to)) {
            throw invalid("from", "The time must begin before it ends.");
        }
        if (Duration.between(from, to).compareTo(interval.most()) > 0) {
            throw invalid("from", "At most " + interval.most().toDays() + " days can be asked for by this interval.");
        }
        var queue = Optional.ofNullable(asked.queue)
                .filter(one -> !one.isEmpty())
                .map(one -> Uuids.parse(one).orElseThrow(() -> new ProblemException(Problem.unknown())));
        return new Wanted(site, from, to, interval, plans.zone(site), queue);
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(Problem.invalid(field, detail));
    }
}
