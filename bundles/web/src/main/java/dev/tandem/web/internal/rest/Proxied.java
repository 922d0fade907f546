package dev.tandem.web.internal.rest;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;

import dev.tandem.web.internal.Client;
import dev.tandem.web.internal.TrustedProxies;

/** A request as the client sent it to the proxy in front of us. */
final class Proxied extends HttpServletRequestWrapper {
    private static final String HOST = "Host";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Client client;

    private Proxied(HttpServletRequest request, Client client) {
        super(request);
        this.client = client;
    }

    /** The request itself, unless a trusted proxy has sent it. */
    static HttpServletRequest of(HttpServletRequest request, TrustedProxies proxies) {
        return Client.behind(
                        proxies,
                        new Client.Sent(
                                request.getRemoteAddr(),
                                request.getScheme(),
                                Optional.ofNullable(request.getHeader(HOST)),
                                lines(request, "X-Forwarded-For"),
                                lines(request, "X-Forwarded-Proto"),
                                lines(request, "X-Forwarded-Host")))
                .<HttpServletRequest>map(client -> new Proxied(request, client))
                .orElse(request);
    }

    private static List<String> lines(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }

    @Override
    public String getRemoteAddr() {
        return client.address();
    }

    @Override
    public String getRemoteHost() {
        return client.address();
    }

    @Override
    public String getScheme() {
        return client.scheme();
    }

    @Override
    public boolean isSecure() {
        return client.scheme().equals("https");
    }

    @Override
    public String getServerName() {
        return client.host().map(Proxied::name).orElseGet(super::getServerName);
    }

    @Override
    public int getServerPort() {
        return client.host()
                .map(host -> host.substring(name(host).length()))
                .map(port -> port.isEmpty() ? isSecure() ? HTTPS : HTTP : Integer.parseInt(port.substring(1)))
                .orElseGet(super::getServerPort);
    }

    private static String name(String host) {
        return host.replaceFirst(":[0-9]+$", "");
    }

    @Override
    public StringBuffer getRequestURL() {
        return client.host()
                .map(host -> new StringBuffer(getScheme() + "://" + host + getRequestURI()))
                .orElseGet(super::getRequestURL);
    }

    @Override
    public String getHeader(String name) {
        return HOST.equalsIgnoreCase(name) ? client.host().orElse(null) : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return HOST.equalsIgnoreCase(name)
                ? Collections.enumeration(client.host().stream().toList())
                : super.getHeaders(name);
    }
}
