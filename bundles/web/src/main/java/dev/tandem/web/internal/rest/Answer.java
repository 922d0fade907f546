package dev.tandem.web.internal.rest;

import java.io.IOException;
import java.util.Optional;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;

import org.apache.cxf.jaxrs.utils.JAXRSUtils;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.web.internal.Problems;

/**
 * An answer that comes whole or is seen to be broken. CXF writes what is to be said of a failure into the same stream as the body
 * that has failed, behind the bytes that have left: who saves a file would have it in the file, and the file would look finished.
 */
final class Answer extends HttpServletResponseWrapper {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private final HttpServletRequest request;
    private long written;
    private boolean unheard;
    private Optional<Throwable> failure = Optional.empty();

    Answer(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    /**
     * To be told of each failure before anything is said of it.
     *
     * @return whether it is too late to say anything: the body has begun
     */
    static boolean breaksOff(Throwable failure) {
        var message = JAXRSUtils.getCurrentMessage();
        if (message == null || message.getExchange() == null) {
            return false;
        }
        var request = message.getExchange().getInMessage();
        return request != null
                && request.get(AbstractHTTPDestination.HTTP_RESPONSE) instanceof Answer answer
                && answer.failed(failure);
    }

    private boolean failed(Throwable by) {
        if (written == 0 && !isCommitted()) {
            return false;
        }
        if (failure.isEmpty()) {
            failure = Optional.of(by);
        }
        return true;
    }

    /** To be called when all has been written. What had to be broken off ends in a way that no client takes for an end. */
    void finish() throws IOException {
        if (failure.isEmpty()) {
            return;
        }
        var cause = failure.get();
        if (!isCommitted()) {
            // Not a byte has left yet.
            reset();
            var response = (HttpServletResponse) getResponse();
            SecurityHeaders.data(response);
            ProblemWriter.write(Problems.of(cause, false), response);
            return;
        }
        if (unheard) {
            LOG.debug("A client went away in the middle of an answer", cause);
        } else {
            LOG.warn("An answer is broken off in its middle", cause);
        }
        var jetty = Request.getBaseRequest(request);
        if (jetty == null) {
            throw new IOException("broken off", cause);
        }
        jetty.getHttpChannel().abort(cause);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Out(super.getOutputStream());
    }

    @Override
    public void flushBuffer() throws IOException {
        if (failure.isEmpty()) {
            super.flushBuffer();
        }
    }

    private final class Out extends ServletOutputStream {
        private final ServletOutputStream to;

        Out(ServletOutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (failure.isPresent()) {
                throw new IOException("This answer is broken off");
            }
            written += length;
            beChunked();
            try {
                to.write(bytes, from, length);
            } catch (IOException e) {
                unheard = true;
                throw e;
            }
        }

        /** Where the connection's end is the body's end, as for a proxy that keeps none, nobody could tell a broken one. */
        private void beChunked() {
            if (written > getBufferSize()
                    && !isCommitted()
                    && !containsHeader("Content-Length")
                    && request.getProtocol().equals("HTTP/1.1")) {
                setHeader("Transfer-Encoding", "chunked");
            }
        }

        @Override
        public void flush() throws IOException {
            if (failure.isEmpty()) {
                to.flush();
            }
        }

        /** The end is said by the web server when all is done: a body may be closed on the way out of a failure. */
        @Override
        public void close() {
            // nothing
        }

        @Override
        public boolean isReady() {
            return to.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            to.setWriteListener(listener);
        }
    }
}
