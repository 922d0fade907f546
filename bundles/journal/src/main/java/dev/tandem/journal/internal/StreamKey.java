package dev.tandem.journal.internal;

import java.util.UUID;

/** A stream within a site. */
record StreamKey(String kind, UUID stream) {}
