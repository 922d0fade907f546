package dev.tandem.session.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.session.Consent;
import dev.tandem.session.ParticipantId;

/**
 * What participants were asked to allow, as it stands, the earliest first; immutable. Of one participant and capability it
 * is the last; what was before stands in the stream, where the ledger is read.
 */
record Consents(List<Consent> all) {
    static final Consents NONE = new Consents(List.of());

    Optional<Consent> find(UUID id) {
        return all.stream().filter(c -> c.id().equals(id)).findFirst();
    }

    Optional<Consent> find(String capability, ParticipantId of) {
        return all.stream()
                .filter(c -> c.capability().equals(capability) && c.of().equals(of))
                .findFirst();
    }

    Consents with(Consent now) {
        var rest = new ArrayList<>(all);
        int at = -1;
        for (int i = 0; i < rest.size(); i++) {
            at = rest.get(i).id().equals(now.id()) ? i : at;
        }
        if (at >= 0) {
            rest.set(at, now);
        } else {
            rest.removeIf(c -> c.capability().equals(now.capability()) && c.of().equals(now.of()));
            rest.add(now);
        }
        return new Consents(List.copyOf(rest));
    }
}
