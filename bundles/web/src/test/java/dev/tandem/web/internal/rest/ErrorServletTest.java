package dev.tandem.web.internal.rest;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.RequestDispatcher;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

import org.junit.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

/** What becomes of what the web server itself finds wrong. */
public class ErrorServletTest {
    @Test
    public void whatIsNotFoundWhileTheNodeStartsMayBeThereSoon() throws Exception {
        assertEquals("503 starting", told(false, Map.of(RequestDispatcher.ERROR_STATUS_CODE, 404)));
        assertEquals("404 unknown", told(true, Map.of(RequestDispatcher.ERROR_STATUS_CODE, 404)));
    }

    @Test
    public void whatIsWrongIsSoWhileTheNodeStarts() throws Exception {
        assertEquals(
                "405",
                told(false, Map.of(RequestDispatcher.ERROR_STATUS_CODE, 405)).substring(0, 3));
        assertEquals(
                "500",
                told(
                                false,
                                Map.of(
                                        RequestDispatcher.ERROR_STATUS_CODE,
                                        404,
                                        RequestDispatcher.ERROR_EXCEPTION,
                                        new IllegalStateException("secret")))
                        .substring(0, 3));
    }

    /** Status and code. */
    private static String told(boolean started, Map<String, Object> attributes) throws Exception {
        var status = new AtomicInteger();
        var body = new ByteArrayOutputStream();
        var request = fake(
                HttpServletRequest.class,
                (proxy, method, args) -> method.getName().equals("getAttribute") ? attributes.get(args[0]) : null);
        var response = fake(HttpServletResponse.class, (proxy, method, args) -> {
            switch (method.getName()) {
                case "setStatus" -> status.set((Integer) args[0]);
                case "getOutputStream" -> {
                    return new Kept(body);
                }
                default -> {}
            }
            return null;
        });
        new ErrorServlet(() -> started).service(request, response);
        return status + " "
                + new ObjectMapper()
                        .readTree(body.toString(StandardCharsets.UTF_8))
                        .get("code")
                        .asText();
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final class Kept extends ServletOutputStream {
        private final ByteArrayOutputStream bytes;

        private Kept(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // writes at once
        }
    }
}
