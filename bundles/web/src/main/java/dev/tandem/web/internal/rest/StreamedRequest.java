package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose body is read by its resource, by {@link dev.tandem.web.Call#body}. For CXF there is none: it would take the stream
 * of every request, upon which the web server tells a client that asked first to go on, and would read up to 16 MB of what nobody
 * wants before it sends an answer.
 */
final class StreamedRequest extends HttpServletRequestWrapper {
    private static final String OVERRIDE = "X-HTTP-Method-Override";

    StreamedRequest(HttpServletRequest request) {
        super(request);
    }

    /** The bytes as they come, asked for by the first read. */
    InputStream body() {
        return new Body();
    }

    /** What the client means, whose surroundings may know no other methods than GET and POST. */
    @Override
    public String getMethod() {
        var meant = getHeader(OVERRIDE);
        return meant == null || meant.isBlank()
                ? super.getMethod()
                : meant.strip().toUpperCase(Locale.ROOT);
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Nothing();
    }

    private final class Body extends InputStream {
        @Override
        public int read() throws IOException {
            return getRequest().getInputStream().read();
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            return getRequest().getInputStream().read(to, from, length);
        }
    }

    private static final class Nothing extends ServletInputStream {
        @Override
        public int read() {
            return -1;
        }

        @Override
        public boolean isFinished() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("there is nothing to wait for");
        }
    }
}
