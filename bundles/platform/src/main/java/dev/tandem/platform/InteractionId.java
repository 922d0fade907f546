package dev.tandem.platform;

/**
 * A call or chat in the platform, unique within a site and never reused.
 *
 * @param value 1 to 128 characters, opaque to Tandem
 */
public record InteractionId(String value) {
    public InteractionId {
        PlatformIds.check("an interaction's id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
