package dev.tandem.session.internal;

import java.time.Duration;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import dev.tandem.web.LaterThread;

/** One thread of the bundle's own. */
@Component(service = Later.class)
public final class OwnThread implements Later {
    private final LaterThread thread = new LaterThread("tandem-session");

    @Activate
    public OwnThread() {
        // The thread begins with its first task.
    }

    @Override
    public void run(Duration delay, Runnable what) {
        thread.run(delay, what);
    }

    @Deactivate
    void close() {
        thread.close();
    }
}
