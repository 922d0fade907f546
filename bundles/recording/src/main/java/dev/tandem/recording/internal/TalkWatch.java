package dev.tandem.recording.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.chat.ChatEvent;
import dev.tandem.chat.Conversations;
import dev.tandem.journal.EventSubscriber;

/** Hears on every node what is said, while the chat is there: whichever writes notes it. */
@Component(service = EventSubscriber.class)
public final class TalkWatch implements EventSubscriber {
    private final Recorder recorder;

    /** @param chat only that it is there */
    @Activate
    public TalkWatch(@Reference Recorder recorder, @Reference Conversations chat) {
        this.recorder = recorder;
    }

    @Override
    public String name() {
        return "recording.talk";
    }

    @Override
    public Reach reach() {
        return Reach.EVERY_NODE;
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof ChatEvent.Posted posted
                && posted.from().isPresent()) {
            recorder.note(posted.site(), posted.session(), published.at(), at -> Line.said(at, posted.number()));
        }
    }
}
