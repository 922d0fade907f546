package dev.tandem.web.internal.rest;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.http.HttpServletRequest;

import org.junit.Test;

/** A body that its resource reads. */
public class StreamedRequestTest {
    private final AtomicInteger taken = new AtomicInteger();

    private HttpServletRequest request(String method, Map<String, String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, args) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getHeader" -> headers.get(args[0]);
                    case "getInputStream" -> {
                        taken.incrementAndGet();
                        yield new Bytes("hello");
                    }
                    default -> null;
                });
    }

    @Test
    public void theClientIsToldToGoOnWhenTheResourceWantsTheBody() throws IOException {
        var request = new StreamedRequest(request("PATCH", Map.of()));
        assertEquals("nothing for CXF", -1, request.getInputStream().read());
        var body = request.body();
        assertEquals("not before it is looked at", 0, taken.get());
        assertEquals('h', body.read());
        assertEquals(1, taken.get());
    }

    @Test
    public void theMethodThatIsMeantHolds() {
        var name = "X-HTTP-Method-Override";
        assertEquals("PATCH", new StreamedRequest(request("PATCH", Map.of())).getMethod());
        assertEquals("PATCH", new StreamedRequest(request("POST", Map.of(name, "PATCH"))).getMethod());
        assertEquals("DELETE", new StreamedRequest(request("POST", Map.of(name, " delete "))).getMethod());
        assertEquals("POST", new StreamedRequest(request("POST", Map.of(name, " "))).getMethod());
    }

    private static final class Bytes extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Bytes(String text) {
            bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException();
        }
    }
}
