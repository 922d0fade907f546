/** A file of one VP8 track that survives a crash, and its finishing. Knows nothing of sessions. */
package dev.tandem.recording.internal.webm;
