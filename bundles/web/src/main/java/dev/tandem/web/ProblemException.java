package dev.tandem.web;

import dev.tandem.journal.Refusal;

/** Ends a request with a problem. Carries no stack trace, since it is an answer and no failure of ours. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    /** Ends the request with that problem. */
    public ProblemException(Problem problem) {
        super(problem.status() + " " + problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** What the client is told. */
    public Problem problem() {
        return problem;
    }

    /** For {@code answer.orElseThrow(ProblemException::refused)}. */
    public static ProblemException refused(Refusal refusal) {
        int status =
                switch (refusal.reason()) {
                    case INVALID -> 400;
                    case FORBIDDEN -> 403;
                    case UNKNOWN -> 404;
                    case CONFLICT -> 409;
                    case TOO_MANY -> 429;
                    case BUSY -> 503;
                };
        var retry = status == 503 ? java.util.Optional.of(1L) : java.util.Optional.<Long>empty();
        return new ProblemException(
                new Problem(status, refusal.code(), refusal.detail(), java.util.Optional.empty(), retry));
    }
}
