package dev.tandem.screen.internal;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import dev.tandem.screen.ScreenSharing.Line;

/** What we say beside frames. All that is put in is a number or a word of a checked form, so nothing needs quoting. */
final class ServerText {
    static final String KEY = "{\"op\":\"key\"}";
    static final String STOPPED = "{\"op\":\"stopped\"}";

    private static final long MILLI = 1000;

    private ServerText() {}

    static String viewers(int count, int looking, Set<Codec> codecs, int inside) {
        return "{\"op\":\"viewers\",\"count\":" + count + ",\"looking\":" + looking + ",\"codecs\":"
                + Codec.json(codecs) + (inside > 0 ? ",\"inside\":" + inside : "") + "}";
    }

    static String ack(long sequence) {
        return "{\"op\":\"ack\",\"sequence\":" + sequence + "}";
    }

    static String beat(long now) {
        return "{\"op\":\"beat\",\"now\":" + now + "}";
    }

    /** What a viewer learns about the sender each second. */
    record OfSender(long silentMillis, OptionalLong trip, OptionalLong encode, OptionalLong skipped) {
        static final OfSender NOBODY =
                new OfSender(0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /**
     * @param skew microseconds
     * @param trip microseconds
     */
    static String beat(long now, OptionalLong skew, OptionalLong trip, OfSender sender) {
        return "{\"op\":\"beat\",\"now\":" + now + ",\"silent\":" + sender.silentMillis() + ",\"skew\":" + orNull(skew)
                + ",\"rtt\":" + millis(trip) + ",\"sender\":{\"rtt\":" + millis(sender.trip()) + ",\"encode\":"
                + orNull(sender.encode()) + ",\"skipped\":" + orNull(sender.skipped()) + "}}";
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
        var text = new StringBuilder("{\"op\":\"config\",\"codec\":\"" + config.codec() + "\"");
        member(text, "width", OptionalInt.of(config.width()));
        member(text, "height", OptionalInt.of(config.height()));
        var source = config.source();
        source.surface().ifPresent(s -> text.append(",\"surface\":\"").append(s).append('"'));
        member(text, "number", source.number());
        member(text, "of", source.of());
        member(text, "sourceWidth", source.width());
        member(text, "sourceHeight", source.height());
        return text.append('}').toString();
    }

    private static void member(StringBuilder text, String name, OptionalInt value) {
        value.ifPresent(v -> text.append(",\"").append(name).append("\":").append(v));
    }

    private static String millis(OptionalLong micros) {
        return micros.isPresent() ? Long.toString((micros.getAsLong() + MILLI / 2) / MILLI) : "null";
    }

    private static String orNull(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "null";
    }
}
