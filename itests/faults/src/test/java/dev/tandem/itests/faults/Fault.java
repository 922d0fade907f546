package dev.tandem.itests.faults;

/**
 * What the nemesis does. The clock of PostgreSQL's machine is not among it: it is this machine's, which a test must not
 * move, and a library under PostgreSQL would move only what it tells, not what its own time-outs go by.
 */
enum Fault {
    /** A node's process is killed as by {@code kill -9}, and started again. */
    KILLED_NODE,
    /** A node's process stands still for longer than others wait, and goes on as if nothing had been. */
    SUSPENDED_NODE,
    /** Nothing passes between a node and the database, while clients reach the node. */
    CUT_FROM_DATABASE,
    /** Nothing passes between a node and its clients, while it has the database. */
    CUT_FROM_CLIENTS,
    /** All processes of PostgreSQL are killed, and started again. */
    KILLED_DATABASE,
    /** All processes of PostgreSQL stand still. */
    SUSPENDED_DATABASE,
    /** The file system of PostgreSQL's data has no byte left. */
    FULL_DISK,
    /** A node's wall clock jumps, forwards or backwards, and back. */
    MOVED_CLOCK
}
