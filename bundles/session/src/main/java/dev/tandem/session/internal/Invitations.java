package dev.tandem.session.internal;

import java.util.List;
import java.util.UUID;

/** Who was invited, the earliest first; immutable. */
record Invitations(List<Invitation> all) {
    static final Invitations NONE = new Invitations(List.of());

    /** One of them. */
    record Invitation(UUID id) {}
}
