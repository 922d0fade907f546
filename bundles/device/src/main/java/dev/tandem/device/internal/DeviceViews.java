package dev.tandem.device.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.device.SystemInformation.Item;
import dev.tandem.device.SystemInformation.Report;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SupportSessions.Membership;

import io.swagger.v3.oas.annotations.media.Schema;

/** What the people of a session see of its computers: agents every customer's, a customer the own one. */
@Component(service = DeviceViews.class)
public final class DeviceViews {
    private final Reports reports;

    @Activate
    public DeviceViews(@Reference Reports reports) {
        this.reports = reports;
    }

    /** What one participant sees. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record View(
            @Schema(description = "For a customer's page: whether it should tell now.") boolean wanted,
            List<ReportView> reports) {}

    /** A report. */
    public record ReportView(UUID of, Instant at, List<Item> items) {
        static ReportView of(Report report) {
            return new ReportView(report.of().value(), report.at(), report.items());
        }
    }

    /** What that participant sees now. */
    public View of(Membership membership) {
        var session = membership.session();
        var me = membership.participant();
        boolean customer = me.role() == Role.CUSTOMER;
        var seen = session.participants().stream()
                .filter(p -> p.role() == Role.CUSTOMER && (!customer || p.id().equals(me.id())))
                .map(p -> reports.latest(session.site(), session.id(), p.id()))
                .flatMap(Optional::stream)
                .map(ReportView::of)
                .toList();
        return new View(customer && reports.wanted(session, me.id()), seen);
    }

    /** For the live channel: ascends with what this slice stores and with the session, whose consents count. */
    long number(Membership membership) {
        var session = membership.session();
        return session.version() + reports.version(session.site(), session.id());
    }
}
