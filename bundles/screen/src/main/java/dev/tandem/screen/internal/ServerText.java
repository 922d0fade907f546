package dev.tandem.screen.internal;

import java.util.OptionalLong;

import dev.tandem.screen.ScreenSharing.Line;

/** What we say beside frames. All that is put in is a number or a word of a checked form, so nothing needs quoting. */
final class ServerText {
    static final String KEY = "{\"op\":\"key\"}";
    static final String STOPPED = "{\"op\":\"stopped\"}";

    private ServerText() {}

    static String viewers(int count) {
        return "{\"op\":\"viewers\",\"count\":" + count + "}";
    }

    static String ack(long sequence) {
        return "{\"op\":\"ack\",\"sequence\":" + sequence + "}";
    }

    static String beat(long now) {
        return "{\"op\":\"beat\",\"now\":" + now + "}";
    }

    static String beat(long now, long silentMillis, OptionalLong skew) {
        return "{\"op\":\"beat\",\"now\":" + now + ",\"silent\":" + silentMillis + ",\"skew\":"
                + (skew.isPresent() ? Long.toString(skew.getAsLong()) : "null") + "}";
    }

    static String state(Line line) {
        var word =
                switch (line) {
                    case WAITING -> "waiting";
                    case LIVE -> "live";
                    case INTERRUPTED -> "interrupted";
                };
        return "{\"op\":\"state\",\"state\":\"" + word + "\"}";
    }

    static String config(ClientText.Config config) {
        return "{\"op\":\"config\",\"codec\":\"" + config.codec() + "\",\"width\":" + config.width() + ",\"height\":"
                + config.height() + "}";
    }
}
