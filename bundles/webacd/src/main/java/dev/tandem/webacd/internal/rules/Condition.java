package dev.tandem.webacd.internal.rules;

import java.util.List;

/** When a rule matches. */
public sealed interface Condition {
    /** Where it stands. */
    Place place();

    /** In any case. */
    record Always(Place place) implements Condition {}

    /** All of at least two. */
    record And(List<Condition> all) implements Condition {
        public And {
            all = List.copyOf(all);
        }

        @Override
        public Place place() {
            return all.get(0).place();
        }
    }

    /** At least one of at least two. */
    record Or(List<Condition> any) implements Condition {
        public Or {
            any = List.copyOf(any);
        }

        @Override
        public Place place() {
            return any.get(0).place();
        }
    }

    /** The contrary. */
    record Not(Condition inner) implements Condition {
        @Override
        public Place place() {
            return inner.place();
        }
    }

    /** What is looked at; a leaf. */
    sealed interface Test extends Condition {}

    /**
     * A field compared with values.
     *
     * @param values all of one sort: one or more for EQUAL, two for BETWEEN, none for EMPTY, else one
     */
    record Comparison(Field field, Operator operator, List<Value> values, Place place) implements Test {
        public Comparison {
            values = List.copyOf(values);
        }
    }

    /** The queue of that slug is open. */
    record Open(String queue, Place place) implements Test {}
}
