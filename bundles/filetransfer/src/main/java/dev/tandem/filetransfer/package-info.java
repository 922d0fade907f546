/**
 * Files and whole folders between the people of a session, both ways.
 *
 * <p>Bytes come by the tus protocol 1.0 below {@code /api/files}, so that any client of it works. An offset that was
 * acknowledged stands on the disk: it is never taken back, whatever happens to the process. Bytes are kept by a
 * {@link dev.tandem.filetransfer.FileStore}; the folder of the node is one, others are services.
 *
 * <p>Units: sizes and offsets are bytes. Names of files are personal data: they come from people and are shown to people, and
 * never become a path on the server.
 */
@Version("1.0.0")
package dev.tandem.filetransfer;

import org.osgi.annotation.versioning.Version;
