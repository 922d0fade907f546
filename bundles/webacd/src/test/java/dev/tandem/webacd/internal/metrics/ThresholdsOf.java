package dev.tandem.webacd.internal.metrics;

import java.lang.annotation.Annotation;

import dev.tandem.journal.SiteSettings;

/** A threshold as a node's file would say it. */
public final class ThresholdsOf {
    private ThresholdsOf() {}

    public static Thresholds seconds(SiteSettings site, long seconds) {
        return new Thresholds(site, new Seeds(seconds, 400));
    }

    @SuppressWarnings("all")
    private record Seeds(long inTime, long attendance) implements Thresholds.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return Thresholds.Config.class;
        }
    }
}
