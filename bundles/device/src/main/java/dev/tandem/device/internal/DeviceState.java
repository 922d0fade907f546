package dev.tandem.device.internal;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.tandem.journal.Personal;

/**
 * The computers of a session, by participant.
 *
 * @param wanted when a report was asked for last
 * @param told the last report
 */
record DeviceState(Map<UUID, Instant> wanted, Map<UUID, Told> told) {
    static final DeviceState EMPTY = new DeviceState(Map.of(), Map.of());

    /** A report, its text elsewhere. */
    record Told(Instant at, Personal.Ref items) {}

    DeviceState after(DeviceEvent event) {
        if (event instanceof DeviceEvent.Wanted asked) {
            return new DeviceState(plus(wanted, asked.of(), asked.at()), told);
        }
        var report = (DeviceEvent.Told) event;
        return new DeviceState(wanted, plus(told, report.of(), new Told(report.at(), report.items())));
    }

    private static <V> Map<UUID, V> plus(Map<UUID, V> map, UUID key, V value) {
        var more = new HashMap<>(map);
        more.put(key, value);
        return Map.copyOf(more);
    }
}
