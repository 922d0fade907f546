package dev.tandem.session.internal;

import java.util.List;

import dev.tandem.session.Consent;

/** The ledger of what participants were asked to allow, the earliest first; immutable. */
record Consents(List<Consent> all) {
    static final Consents NONE = new Consents(List.of());
}
