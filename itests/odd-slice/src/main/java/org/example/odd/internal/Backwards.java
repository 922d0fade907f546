package org.example.odd.internal;

import java.util.Comparator;

import org.osgi.service.component.annotations.Component;

import dev.tandem.webacd.Candidate;
import dev.tandem.webacd.RoutingStrategy;

/** Who comes last in the alphabet is asked first, whatever they have to do: nobody would take it for one of WebACD's own. */
@Component
public final class Backwards implements RoutingStrategy {
    @Override
    public String name() {
        return "ODD_BACKWARDS";
    }

    @Override
    public Comparator<Candidate> order() {
        return Comparator.<Candidate, String>comparing(one -> one.agent().value())
                .reversed();
    }
}
