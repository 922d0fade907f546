package dev.tandem.device.internal;

import java.time.Instant;
import java.util.UUID;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Personal;

/** What is stored of the computers of a session. */
sealed interface DeviceEvent {
    EventTypes<DeviceEvent> TYPES = EventTypes.<DeviceEvent>none()
            .with("device.information-wanted.v1", Wanted.class)
            .with("device.information-told.v1", Told.class);

    /**
     * An agent wants a fresh report.
     *
     * @param of of whom
     */
    record Wanted(Instant at, UUID of) implements DeviceEvent {}

    /**
     * A computer has told.
     *
     * @param items what, as JSON
     */
    record Told(Instant at, UUID of, Personal.Ref items) implements DeviceEvent {}
}
