package dev.tandem.outbox.internal;

import java.time.Instant;

/** A mail that is ready to be carried. */
record Letter(String to, String language, String subject, String text, String html, String messageId, Instant date) {
    @Override
    public String toString() {
        return "Letter[" + messageId + "]";
    }
}
