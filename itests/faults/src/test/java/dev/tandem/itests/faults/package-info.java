/**
 * Two nodes on one PostgreSQL under faults. Clients record every attempt of every command with its times and its outcome
 * ({@link dev.tandem.itests.faults.History}) while a nemesis breaks things; afterwards everything is healed and
 * {@link dev.tandem.itests.faults.Checks} holds the history against what the database and both nodes say
 * ({@link dev.tandem.itests.faults.Evidence}). The checks know nothing of how Tandem works inside but the tables of the
 * journal.
 */
package dev.tandem.itests.faults;
