package dev.tandem.web;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;

/** The live channel's bell. A service. */
@ProviderType
public interface LiveChannel {
    /** Something new may stand under that topic. Returns at once; subscribers are served soon, once for many rings. */
    void ring(SiteId site, String topic);
}
