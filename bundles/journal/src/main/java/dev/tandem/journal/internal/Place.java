package dev.tandem.journal.internal;

import java.nio.file.Path;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Where this node lives on its machine.
 *
 * @param base the folder of the installation, with {@code tandem.db} in it
 * @param etc the folder of its configuration
 * @param release what runs there
 */
public record Place(Path base, Path etc, String release) {

    /** Knows the node's own. */
    @Component(service = Known.class)
    public static final class Known {
        private final Place place;

        @Activate
        public Known(BundleContext context) {
            var base = absolute(context.getProperty("karaf.base"), ".");
            this.place = new Place(
                    base,
                    absolute(
                            context.getProperty("karaf.etc"),
                            base.resolve("etc").toString()),
                    context.getBundle().getVersion().toString());
        }

        private static Path absolute(String property, String otherwise) {
            return Path.of(property == null ? otherwise : property)
                    .toAbsolutePath()
                    .normalize();
        }

        public Place place() {
            return place;
        }
    }
}
