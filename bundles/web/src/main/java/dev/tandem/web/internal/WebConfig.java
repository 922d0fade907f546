package dev.tandem.web.internal;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;

/** What belongs to this node. A change takes effect with the next request; sockets stay open. */
@Component(service = WebConfig.class, configurationPid = "dev.tandem.web")
@Designate(ocd = WebConfig.Config.class)
public final class WebConfig {
    private static final Logger LOG = LoggerFactory.getLogger(WebConfig.class);
    private static final Pattern ANCESTORS = Pattern.compile("[A-Za-z0-9'*:/.\\- ]+");

    @ObjectClassDefinition(name = "Tandem web", description = "Addresses and doors of this node.")
    public @interface Config {
        @AttributeDefinition(
                name = "Public URL",
                description = "Where browsers reach this node, for links: https://desk.example. Empty: as requested.")
        String publicUrl() default "";

        @AttributeDefinition(
                name = "Frame ancestors",
                description = "Who may show our pages in a frame, as the Content-Security-Policy has it:"
                        + " 'none', 'self' or origins with blanks between them.")
        String frameAncestors() default "'none'";

        @AttributeDefinition(name = "Default site", description = "The site of requests that name none.")
        String defaultSite() default "main";

        @AttributeDefinition(
                name = "Trusted proxies",
                description =
                        "The reverse proxies in front of this node, as addresses or blocks with commas between them:"
                                + " 127.0.0.1, 10.0.0.0/24. Only from these X-Forwarded-For, -Proto and -Host are believed.")
        String trustedProxies() default "";
    }

    /**
     * The values, checked.
     *
     * @param publicUrl without a slash at the end
     */
    public record Values(
            Optional<URI> publicUrl, String frameAncestors, SiteId defaultSite, TrustedProxies trustedProxies) {}

    private volatile Values values;

    @Activate
    public WebConfig(Config config) {
        values = read(config);
    }

    @Modified
    void modified(Config config) {
        values = read(config);
    }

    public Values values() {
        return values;
    }

    /** A wrong value is logged and its default holds: a slip in a file should not take the door away. */
    private static Values read(Config config) {
        return new Values(
                url(config.publicUrl()),
                ancestors(config.frameAncestors()),
                site(config.defaultSite()),
                TrustedProxies.read(config.trustedProxies()));
    }

    private static Optional<URI> url(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            var url = new URI(text.strip().replaceAll("/+$", ""));
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getPath().isEmpty()) {
                return Optional.of(url);
            }
        } catch (java.net.URISyntaxException e) {
            LOG.debug("publicUrl", e);
        }
        LOG.error("dev.tandem.web: publicUrl is no http or https address of a host: \"{}\". It is ignored.", text);
        return Optional.empty();
    }

    private static String ancestors(String text) {
        if (ANCESTORS.matcher(text).matches()) {
            return text.strip();
        }
        LOG.error("dev.tandem.web: frameAncestors is not understood: \"{}\". Nobody may frame our pages.", text);
        return "'none'";
    }

    private static SiteId site(String text) {
        try {
            return new SiteId(text.strip());
        } catch (IllegalArgumentException e) {
            LOG.error("dev.tandem.web: defaultSite \"{}\": {}. It is \"main\" instead.", text, e.getMessage());
            return new SiteId("main");
        }
    }
}
