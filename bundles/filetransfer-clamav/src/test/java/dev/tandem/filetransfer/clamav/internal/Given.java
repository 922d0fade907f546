package dev.tandem.filetransfer.clamav.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.tandem.filetransfer.FileInspector.InspectedFile;
import dev.tandem.platform.SiteId;

/** Files and configurations for tests. */
final class Given {
    private Given() {}

    static InspectedFile file(String text) {
        return file(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static InspectedFile file(byte[] bytes) {
        return file(bytes.length, new ByteArrayInputStream(bytes));
    }

    static InspectedFile file(long size, InputStream bytes) {
        return new InspectedFile() {
            @Override
            public SiteId site() {
                return new SiteId("main");
            }

            @Override
            public String name() {
                return "a.txt";
            }

            @Override
            public String type() {
                return "text/plain";
            }

            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() {
                return bytes;
            }
        };
    }

    static Clamd clamd(String address, Duration patience) {
        return new Clamd(
                ClamdAddress.of(address), new Clamd.Patience(patience, patience, patience), 64L << 20, 1 << 16);
    }

    static ClamAv.Config config(String address, long largest) {
        return new ClamAv.Config() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return ClamAv.Config.class;
            }

            @Override
            public String address() {
                return address;
            }

            @Override
            public long largest() {
                return largest;
            }

            @Override
            public int piece() {
                return 1 << 16;
            }

            @Override
            public long timeout_connect() {
                return 30;
            }

            @Override
            public long timeout_send() {
                return 30;
            }

            @Override
            public long timeout_answer() {
                return 60;
            }
        };
    }
}
