package dev.tandem.web.internal.shell;

/** What stands on the database is not there while the database is not. */
final class Present {
    private Present() {}

    static <S> S orSay(S service) {
        if (service == null) {
            throw new IllegalStateException(
                    "This waits for the database, or for the journal. tandem:health tells more.");
        }
        return service;
    }
}
