package dev.tandem.filetransfer.s3.internal;

import java.io.IOException;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the bucket can be listed and written. A session goes on without it, so that it is a warning. */
@Component(
        property = {
            HealthCheck.NAME + "=files-s3",
            HealthCheck.TAGS + "=tandem",
            HealthCheck.RESULT_CACHE_TTL_IN_MS + ":Long=30000"
        })
public final class S3Check implements HealthCheck {
    private final S3Store store;

    @Activate
    public S3Check(@Reference S3Store store) {
        this.store = store;
    }

    @Override
    public Result execute() {
        if (!store.configured()) {
            return new Result(Status.WARN, "No file can be kept in S3. " + store.state());
        }
        try {
            store.check();
            return new Result(Status.OK, "Files can be kept in S3: " + store.state());
        } catch (IOException e) {
            return new Result(Status.WARN, "No file can be kept in S3. " + e.getMessage());
        }
    }
}
