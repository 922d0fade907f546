package dev.tandem.web.internal.rest;

import java.util.Optional;
import java.util.function.BiFunction;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.ext.Provider;

import org.apache.cxf.jaxrs.ext.ContextProvider;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;

import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.internal.Callers;
import dev.tandem.web.internal.WebConfig;

/** Gives resources their {@code @Context Call}. */
@Provider
public final class CallProvider implements ContextProvider<Call> {
    private final Callers callers;
    private final WebConfig config;
    private final BiFunction<String, String, Optional<Caller>> readers;

    CallProvider(Callers callers, WebConfig config, BiFunction<String, String, Optional<Caller>> readers) {
        this.callers = callers;
        this.config = config;
        this.readers = readers;
    }

    @Override
    public Call createContext(Message message) {
        var request = (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST);
        return new RequestCall(request, callers, config, readers);
    }
}
