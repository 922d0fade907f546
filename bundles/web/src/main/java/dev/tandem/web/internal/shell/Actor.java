package dev.tandem.web.internal.shell;

import org.apache.karaf.shell.api.console.Session;

/** How who sits at the shell stands in the journal: {@code shell:karaf}. */
final class Actor {
    private Actor() {}

    static String of(Session session) {
        var user = session.get("USER");
        return user == null ? "shell" : "shell:" + user;
    }
}
