package dev.tandem.filetransfer.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.internal.desk.Settings;
import dev.tandem.platform.SiteId;

/** The stores that there are: the folder of this node, and whatever other bundles bring. */
@Component(service = Stores.class)
public final class Stores {
    private final Settings settings;
    private final Path usual;
    /** One of each folder: two would not know of each other's locks. */
    private final ConcurrentMap<Path, LocalStore> local = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<FileStore> others = List.of();

    @Activate
    public Stores(BundleContext context, @Reference Settings settings) {
        this(
                Path.of(Optional.ofNullable(context.getProperty("karaf.data")).orElse("data"))
                        .resolve("files"),
                settings);
    }

    /** For tests. */
    public Stores(Path usual, Settings settings) {
        this(usual, settings, List.of());
    }

    /** For tests. */
    public Stores(Path usual, Settings settings, List<FileStore> others) {
        this.usual = usual;
        this.settings = settings;
        this.others = others;
    }

    /** The store that the site has chosen is not there just now. */
    public static final class StoreAwayException extends IOException {
        StoreAwayException(String name) {
            super("There is no file store " + name + " just now");
        }
    }

    private LocalStore local() {
        var now =
                settings.folder().isBlank() ? usual : Path.of(settings.folder().strip());
        return local.computeIfAbsent(now, LocalStore::new);
    }

    /** All of them. */
    public List<FileStore> all() {
        var all = new ArrayList<FileStore>();
        all.add(local());
        all.addAll(others);
        return all;
    }

    /** Where new files of a site go. @throws StoreAwayException if it is not there */
    public FileStore of(SiteId site) throws StoreAwayException {
        var name = settings.store(site);
        return all().stream()
                .filter(store -> store.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StoreAwayException(name));
    }

    /**
     * Where a file is: the site may have chosen another store since it came, and that one may be away.
     *
     * @throws MissingFileException if it is nowhere
     * @throws IOException if it was not found, and a store could not be asked
     */
    public FileStore holding(FileKey key) throws IOException {
        return find(key).store();
    }

    /** How far a file is, wherever it stands; asks its store once. @throws IOException as {@link #holding} */
    public long offset(FileKey key) throws IOException {
        return find(key).offset();
    }

    private record Held(FileStore store, long offset) {}

    private Held find(FileKey key) throws IOException {
        var chosen = settings.store(key.site());
        var away = Optional.<Exception>empty();
        var all = all();
        if (all.stream().noneMatch(store -> store.name().equals(chosen))) {
            away = Optional.of(new StoreAwayException(chosen));
        }
        // Mostly it is there.
        all.sort(Comparator.comparing(store -> !store.name().equals(chosen)));
        for (var store : all) {
            try {
                return new Held(store, store.offset(key));
            } catch (MissingFileException e) {
                // Perhaps the next one has it.
            } catch (IOException | RuntimeException e) {
                away = Optional.of(e);
            }
        }
        throw away.map(Stores::failure).orElseGet(() -> new MissingFileException(key));
    }

    private static IOException failure(Exception e) {
        return e instanceof IOException io ? io : new IOException("A file store is out of order", e);
    }

    /** Deletes it wherever it is. @throws IOException if a store could not be asked; the others were */
    public void delete(FileKey key) throws IOException {
        var away = Optional.<Exception>empty();
        for (var store : all()) {
            try {
                store.delete(key);
            } catch (IOException | RuntimeException e) {
                away = Optional.of(e);
            }
        }
        if (away.isPresent()) {
            throw failure(away.get());
        }
    }
}
