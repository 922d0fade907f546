package dev.tandem.web.internal.admin;

import java.util.List;
import java.util.Map;

/**
 * A bundle of Tandem, or of somebody else who adds to it, as administrators see it.
 *
 * @param name symbolic name, permanent
 * @param titles what people call it, by language
 * @param helps what it is for, by language
 * @param reasons why it is not simply active, or nothing
 * @param paths what it serves below {@code /api}
 * @param pages addresses of its pages
 * @param neededBy symbolic names of the features that stand on it
 */
public record Feature(
        String name,
        Map<String, String> titles,
        Map<String, String> helps,
        String version,
        Kind kind,
        State state,
        List<Reason> reasons,
        List<String> paths,
        List<Part> panels,
        List<String> pages,
        List<String> neededBy) {

    /** Whether people may stop it. */
    public enum Kind {
        /** All others stand on it. */
        SPINE,
        /** It signs people in, those who look at this too. */
        PLATFORM,
        /** It can come and go. */
        SLICE
    }

    /** How it is. */
    public enum State {
        ACTIVE,
        /** It runs, and waits for something that is not there. */
        WAITING,
        STARTING,
        STOPPING,
        STOPPED,
        /** It should run and cannot. */
        FAILED
    }

    /**
     * Why it is not simply active.
     *
     * @param code {@code waits} for services of these features, or of these names; {@code unconfigured}: these files of
     *     etc/ are missing; {@code needs} packages that nobody has; {@code fails} with this message
     */
    public record Reason(String code, List<String> of) {}

    /** A panel or tab. */
    public record Part(String id, Map<String, String> titles) {}
}
