package dev.tandem.session.internal;

import java.security.SecureRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Session numbers, for agents to tell each other: 6 digits, 7 where those are scarce. */
final class Numbers {
    private static final int TRIES_EACH = 20;

    private final RandomGenerator random;

    Numbers() {
        this(new SecureRandom());
    }

    Numbers(RandomGenerator random) {
        this.random = random;
    }

    String free(Predicate<String> inUse) {
        for (int attempt = 0; attempt < 2 * TRIES_EACH; attempt++) {
            int least = attempt < TRIES_EACH ? 100_000 : 1_000_000;
            var number = Integer.toString(least + random.nextInt(9 * least));
            if (!inUse.test(number)) {
                return number;
            }
        }
        throw new IllegalStateException("no session number is free");
    }
}
