package dev.tandem.filetransfer.clamav.internal;

import java.io.IOException;
import java.time.Duration;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.filetransfer.FileInspector;

/** Has files looked at by a clamd near by: {@code etc/dev.tandem.filetransfer.clamav.cfg}, as it is now. */
@Component(
        service = {FileInspector.class, ClamAv.class},
        configurationPid = "dev.tandem.filetransfer.clamav")
@Designate(ocd = ClamAv.Config.class)
public final class ClamAv implements FileInspector {
    private static final Logger LOG = LoggerFactory.getLogger(ClamAv.class);

    private static final int MOST_PIECE = 1 << 20;
    private static final int LEAST_PIECE = 1 << 10;

    /** Where clamd is, and what it takes. */
    @ObjectClassDefinition(
            name = "Tandem file transfer, ClamAV",
            description = "The clamd that looks at files before they are offered.")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "Path of its socket, or host:port. What goes there is not encrypted: keep it on this computer or"
                                + " in a network of your own")
        String address() default "/run/clamav/clamd.ctl";

        @AttributeDefinition(
                description =
                        "Bytes of the largest file that it takes: the smallest of StreamMaxLength, MaxFileSize and"
                                + " MaxScanSize in clamd.conf. Larger ones count as not inspected",
                min = "1")
        long largest() default 25L << 20;

        @AttributeDefinition(description = "Bytes that go to it at once", min = "1024", max = "1048576")
        int piece() default 1 << 17;

        @AttributeDefinition(description = "Seconds to wait for the connection", min = "1")
        long timeout_connect() default 5;

        @AttributeDefinition(description = "Seconds to wait until it takes something more", min = "1")
        long timeout_send() default 30;

        @AttributeDefinition(
                description =
                        "Seconds to wait for the verdict after the last byte; longer than MaxScanTime in clamd.conf,"
                                + " which is 120",
                min = "1")
        long timeout_answer() default 130;
    }

    /** What the configuration comes to: a clamd, or what is wrong with it. */
    private interface Known {
        Clamd clamd() throws IOException;
    }

    private volatile Known known;

    @Activate
    public ClamAv(Config config) {
        known = read(config);
    }

    @Modified
    void modified(Config now) {
        known = read(now);
    }

    @Override
    public String name() {
        return "clamav";
    }

    @Override
    public Verdict inspect(InspectedFile file) throws IOException {
        return clamd().inspect(file);
    }

    /** @throws IOException if its configuration is wrong */
    Clamd clamd() throws IOException {
        return known.clamd();
    }

    private static Known read(Config config) {
        try {
            var clamd = new Clamd(
                    ClamdAddress.of(config.address()),
                    new Clamd.Patience(
                            seconds("timeout.connect", config.timeout_connect()),
                            seconds("timeout.send", config.timeout_send()),
                            seconds("timeout.answer", config.timeout_answer())),
                    within("largest", config.largest(), 1, Long.MAX_VALUE),
                    (int) within("piece", config.piece(), LEAST_PIECE, MOST_PIECE));
            LOG.info("Files up to {} bytes are looked at by clamd at {}", clamd.largest(), clamd.address());
            return () -> clamd;
        } catch (IllegalArgumentException e) {
            var fault = "etc/dev.tandem.filetransfer.clamav.cfg: " + e.getMessage();
            LOG.error("No file can be inspected by ClamAV. {}", fault);
            return () -> {
                throw new IOException(fault);
            };
        }
    }

    private static Duration seconds(String key, long value) {
        return Duration.ofSeconds(within(key, value, 1, Duration.ofHours(1).toSeconds()));
    }

    private static long within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " = " + value + " is not between " + least + " and " + most + ".");
        }
        return value;
    }
}
