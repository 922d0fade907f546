package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that takes and gives files. */
interface FileServer extends AutoCloseable {
    /** A request that carries a whole file up, or asks for one. */
    record Request(String method, URI uri, Map<String, String> headers) {}

    String name();

    /** What its answer to an upload means. */
    String promises();

    /** A place for a file of that size, and the request that fills it. */
    Request place(long size) throws IOException;

    /** How tus clients reach it, if they do. */
    Optional<Tus> tus();

    /**
     * @param headers on every request
     * @param metadata of an upload
     */
    record Tus(URI endpoint, Map<String, String> headers, Map<String, String> metadata) {}

    /** Waits until the server is done with what came. */
    default void awaitReady(URI uploaded) {
        // Nothing is done with it.
    }

    /** The request by which the other side fetches it, once it is ready. */
    Request fetch(URI uploaded) throws IOException;

    /** How much of an upload it says that it has. */
    long offset(URI upload) throws IOException;

    /** Deletes it, so that the disk does not fill. What was fetched may stay. */
    void forget(URI uploaded) throws IOException;

    /** Its processes. */
    List<ProcessHandle> processes();

    /** As {@code kill -9}, and started again with the same folder and port. */
    void killAndStart() throws IOException;

    @Override
    void close();
}
