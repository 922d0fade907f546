package dev.tandem.web;

import java.util.SortedMap;

import org.osgi.annotation.versioning.ProviderType;

/** What is served below {@code /api} at this moment. A service; for those who describe it or watch over it. */
@ProviderType
public interface ServedPaths {
    /**
     * The class of each resource that answers now, by its {@code tandem.rest.path}. A resource that waits for another one
     * of the same path to go is not among them.
     *
     * @return a map of its own, which does not change any more
     */
    SortedMap<String, Class<?>> resources();
}
