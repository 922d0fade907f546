package dev.tandem.platform;

/**
 * An agent's name in the platform, unique within a site and never reused for another person.
 *
 * @param value 1 to 128 characters, opaque to Tandem
 */
public record AgentId(String value) {
    public AgentId {
        PlatformIds.check("an agent's id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
