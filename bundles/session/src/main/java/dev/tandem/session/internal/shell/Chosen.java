package dev.tandem.session.internal.shell;

import java.util.Optional;
import java.util.stream.Collectors;

import dev.tandem.platform.SiteId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.internal.Overview;

/** The one session that somebody means. */
final class Chosen {
    private Chosen() {}

    static SupportSession of(Overview overview, String which, String site) {
        var found = overview.find(which, Optional.ofNullable(site).map(SiteId::new));
        if (found.isEmpty()) {
            throw new IllegalArgumentException("There is no session " + which + ". tandem:sessions --all lists them.");
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("Several sessions have the number " + which + "; choose by id: "
                    + found.stream().map(one -> one.id() + " of " + one.site()).collect(Collectors.joining(", ")));
        }
        return found.get(0);
    }
}
