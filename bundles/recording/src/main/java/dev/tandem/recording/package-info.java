/** Recordings. */
@Version("1.0.0")
package dev.tandem.recording;

import org.osgi.annotation.versioning.Version;
