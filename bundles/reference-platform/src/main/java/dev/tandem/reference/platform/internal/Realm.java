package dev.tandem.reference.platform.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may sign in, with which password and which roles. */
public interface Realm {
    /** Role of everybody who answers customers. */
    String AGENT = "tandem-agent";

    String SUPERVISOR = "tandem-supervisor";

    String ADMINISTRATOR = "tandem-administrator";

    /** The roles of a user who gave the right password; empty for a wrong one and for an unknown user alike. */
    Optional<Set<String>> verify(String user, String password);

    /** The users the realm can name, with their roles; empty if it cannot name any (a directory server, say). */
    Map<String, Set<String>> users();

    /** Adds a user, or sets password and roles of one who is there. */
    void put(String user, String password, Set<String> roles);
}
