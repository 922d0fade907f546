package dev.tandem.platform;

/** The one rule for ids that the platform makes and Tandem only carries. */
final class PlatformIds {
    private static final int LONGEST = 128;

    private PlatformIds() {}

    static void check(String what, String value) {
        if (value.isBlank() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " is 1 to " + LONGEST + " characters without control characters");
        }
    }
}
