package dev.tandem.device.internal;

import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.StreamKind;
import dev.tandem.web.LiveChannel;

/** The computers of a session as a stream; its id is the session's. */
final class DeviceKind implements StreamKind<DeviceState, DeviceEvent> {
    private final LiveChannel live;

    DeviceKind(LiveChannel live) {
        this.live = live;
    }

    @Override
    public String name() {
        return "device";
    }

    @Override
    public EventTypes<DeviceEvent> events() {
        return DeviceEvent.TYPES;
    }

    @Override
    public DeviceState initial() {
        return DeviceState.EMPTY;
    }

    @Override
    public DeviceState evolve(DeviceState state, DeviceEvent event) {
        return state.after(event);
    }

    @Override
    public void committed(Recorded<DeviceEvent> event, DeviceState after) {
        live.ring(event.site(), DeviceTopics.KIND + "/" + event.stream());
    }
}
