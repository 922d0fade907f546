package dev.tandem.filetransfer.s3.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.Map;

import org.junit.Test;

public class SettingsTest {
    private static Settings of(Map<String, Object> changes) {
        var values = new HashMap<String, Object>(
                Map.of("endpoint", "https://s3.example", "bucket", "files", "accessKey", "me", "secretKey", "hush"));
        values.putAll(changes);
        return Settings.of(Given.configured(values));
    }

    @Test
    public void isReadAsItIsMeant() {
        var settings = of(Map.of("prefix", "/a/b/"));
        assertEquals("a/b/", settings.prefix());
        assertEquals("us-east-1", settings.region());
        assertEquals(8 * 1024 * 1024, settings.part());
        assertTrue(settings.pathStyle());
        assertEquals("", of(Map.of("prefix", " ")).prefix());
        assertEquals(
                "eu-central-1",
                of(Map.of("endpoint", "", "region", "eu-central-1")).region());
        assertTrue(of(Map.of("accessKey", "")).keys().isEmpty());
    }

    @Test
    public void whatCannotBeIsNamed() {
        for (var wrong : Map.<String, Map<String, Object>>of(
                        "endpoint is", Map.of("endpoint", "s3.example"),
                        "neither an endpoint nor a region", Map.of("endpoint", ""),
                        "bucket is", Map.of("bucket", "a/b"),
                        "no secretKey", Map.of("secretKey", ""),
                        "prefix is", Map.of("prefix", "a//b"),
                        "partMegabytes is", Map.of("partMegabytes", 513),
                        "timeout.reply is", Map.of("timeout_reply", 0L))
                .entrySet()) {
            var said = assertThrows(IllegalArgumentException.class, () -> of(wrong.getValue()));
            assertTrue(said.getMessage(), said.getMessage().contains(wrong.getKey()));
        }
        assertThrows(IllegalArgumentException.class, () -> of(Map.of("endpoint", "https://me:hush@s3.example")));
    }

    @Test
    public void theSecretIsNeverTold() {
        var settings = of(Map.of());
        assertFalse(settings.toString().contains("hush"));
        assertFalse(settings.keys().toString().contains("hush"));
    }

    @Test
    public void knowsWhenBytesGoInTheClear() {
        assertFalse(of(Map.of()).inTheClear());
        assertTrue(of(Map.of("endpoint", "http://s3.example:9000")).inTheClear());
        assertFalse(of(Map.of("endpoint", "http://127.0.0.1:9000")).inTheClear());
        assertFalse(of(Map.of("endpoint", "http://localhost:9000")).inTheClear());
    }
}
