package dev.tandem.web.internal;

import dev.tandem.platform.SiteId;

/** Tells the people in charge. */
interface Alarm {
    /** Somebody is guessing in that site. */
    void guessing(SiteId site, String what, int failures);
}
