package dev.tandem.reference.platform.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may sign in, with which password and which roles. */
public interface Realm {
    /** Role of everybody who answers customers. */
    String AGENT = "tandem-agent";

    String SUPERVISOR = "tandem-supervisor";

    String ADMINISTRATOR = "tandem-administrator";

    /** The roles that are ours; users of Karaf may have others. */
    Set<String> OURS = Set.of(AGENT, SUPERVISOR, ADMINISTRATOR);

    /** The roles of a user who gave the right password; empty for a wrong one and for an unknown user alike. */
    Optional<Set<String>> verify(String user, String password);

    /** The users the realm can name, with their roles; empty if it cannot name any (a directory server, say). */
    Map<String, Set<String>> users();

    /** Adds users, all or none. @return false if one of them is there already, be it since a moment ago */
    boolean add(List<User> users);

    /** Adds users, or sets password and roles of those who are there. */
    void put(List<User> users);

    /** Whether users can be added, changed and removed here; not if a directory server keeps them, say. */
    boolean writable();

    /** Gives a user exactly these of our roles, and leaves the others that the user has. */
    void roles(String user, Set<String> roles);

    /** Removes a user for good; nothing happens if there is none. */
    void remove(String user);

    /** @param password in plain */
    record User(String name, String password, Set<String> roles) {
        @Override
        public String toString() {
            return "User[" + name + ", " + roles + "]";
        }
    }
}
