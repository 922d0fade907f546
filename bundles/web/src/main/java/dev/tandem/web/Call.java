package dev.tandem.web;

import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;

/** The request under way. REST methods take it as a parameter annotated with {@code @Context}. */
@ProviderType
public interface Call {
    /** Who calls; {@link Caller.Anonymous} for nobody who is known. */
    Caller caller();

    /** The signed-in agent. @throws ProblemException 401 {@code sign-in-needed} if the caller is none */
    Agent agent();

    /** The agent, who is an administrator. @throws ProblemException 401, or 403 {@code administrator-needed} */
    Agent administrator();

    /** The client's address, for limits: what a trusted proxy says it is, else where the connection comes from. */
    String address();

    /**
     * Whether the browser is bound to TLS, so that a cookie can be {@code Secure}: it asks by https, at a trusted proxy or
     * here, or our public URL is https.
     */
    default boolean secure() {
        return "https".equals(publicUrl().getScheme());
    }

    /**
     * The body as it comes, of a resource that {@linkplain RestPath#rest_streams() streams}. A client that waits to be told to go on is
     * told so by the first read.
     *
     * @throws IllegalStateException if the resource does not stream
     */
    default InputStream body() {
        throw new IllegalStateException("The body of this request has been read already");
    }

    /** The client's {@code Idempotency-Key} (a UUID), or a fresh id. @throws ProblemException 400 if it is no UUID */
    UUID commandId();

    /** The best of our four languages for this caller, by {@code Accept-Language}. */
    Locale language();

    /** The site whose URLs do not name it: the setting {@code defaultSite} of this bundle. */
    SiteId defaultSite();

    /**
     * Where pages reach us, without a slash at the end: {@code http://127.0.0.1:8181}. By setting, else as requested, at a
     * trusted proxy or here.
     */
    URI publicUrl();
}
