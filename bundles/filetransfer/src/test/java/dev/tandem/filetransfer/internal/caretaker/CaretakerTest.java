package dev.tandem.filetransfer.internal.caretaker;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.filetransfer.FileKey;
import dev.tandem.filetransfer.FileStore;
import dev.tandem.filetransfer.FileStore.MissingFileException;
import dev.tandem.filetransfer.FileTransfer.State;
import dev.tandem.filetransfer.internal.receive.Headers;
import dev.tandem.filetransfer.internal.receive.UploadScene;
import dev.tandem.filetransfer.internal.store.Stores;
import dev.tandem.session.testing.Cast;

public class CaretakerTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private UploadScene scene;
    private Caretaker caretaker;

    @Before
    public void begin() {
        scene = new UploadScene(temporary.getRoot().toPath());
        caretaker = caretaker();
    }

    @After
    public void end() {
        caretaker.close();
        scene.close();
    }

    private Caretaker caretaker() {
        return new Caretaker(
                scene.book, scene.stores, scene.parts, scene.receiving, scene.verifier, scene.settings, scene.clock);
    }

    private boolean there(FileKey key) {
        try {
            scene.stores.holding(key);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void write(FileKey key, String text) throws IOException {
        try (var to = scene.stores.of(key.site()).append(key)) {
            to.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            to.settle();
        }
    }

    private void aged(FileKey key, Duration age) throws IOException {
        try (Stream<Path> all = Files.walk(temporary.getRoot().toPath())) {
            for (var file : all.filter(one -> one.getFileName().toString().startsWith(key.id()))
                    .toList()) {
                Files.setLastModifiedTime(
                        file, FileTime.from(scene.clock.instant().minus(age)));
            }
        }
    }

    /** The process died between the last byte and the look at it. */
    @Test
    public void whatWasWholeIsLookedAtAfterACrash() throws Exception {
        var whole = scene.begin("a.txt", 5).file();
        write(scene.key(whole), "hello");
        var sealed = scene.begin("b.txt", 5).file();
        write(scene.key(sealed), "hello");
        scene.stores.holding(scene.key(sealed)).seal(scene.key(sealed));
        var unfinished = scene.begin("c.txt", 5).file();
        write(scene.key(unfinished), "hell");
        assertEquals(State.ARRIVING, scene.of(whole).state());
        caretaker.lookAtWhole();
        scene.awaits(whole, State.OFFERED);
        scene.awaits(sealed, State.OFFERED);
        assertEquals(State.ARRIVING, scene.of(unfinished).state());
    }

    /** A bucket's answers cost money, and there may be hundreds of files. */
    @Test
    public void aStoreIsAskedOnceForEachFileThatComes() throws Exception {
        caretaker.close();
        var unfinished = scene.begin("a.txt", 5).file();
        var real = scene.stores.of(UploadScene.SITE);
        var asked = new ArrayList<FileKey>();
        var counted = (FileStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FileStore.class}, (proxy, method, values) -> {
                    if (method.getName().equals("offset")) {
                        asked.add((FileKey) values[0]);
                    }
                    return method.getName().equals("name") ? "counted" : method.invoke(real, values);
                });
        scene.values.store = "counted";
        var stores = new Stores(temporary.getRoot().toPath().resolve("files"), scene.settings, List.of(counted));
        caretaker = new Caretaker(
                scene.book, stores, scene.parts, scene.receiving, scene.verifier, scene.settings, scene.clock);
        caretaker.lookAtWhole();
        assertEquals(List.of(scene.key(unfinished)), asked);
    }

    /** The request that brought the last byte was cut off by the question how far the file is; nobody has to wait for a round. */
    @Test
    public void whatIsWholeIsLookedAtWhenItsSenderAsksForIt() throws Exception {
        caretaker.close();
        var file = scene.begin("a.txt", 5).file();
        write(scene.key(file), "hello");
        assertTrue(scene.uploads.find(UploadScene.call(Cast.ANNA), file).whole());
        scene.awaits(file, State.OFFERED);
    }

    @Test
    public void bytesOfWhatCameToNothingAreDeletedSoon() throws Exception {
        var file = scene.begin("a.txt", 50).file();
        scene.append(Cast.ANNA, file, 0, "hello");
        var kept = scene.begin("b.txt", 50).file();
        scene.append(Cast.ANNA, kept, 0, "hello");
        scene.book.decline(UploadScene.SITE, scene.of(file).id(), Cast.MARIE_ID, Cast.MARIE.actor(), UUID.randomUUID());
        UploadScene.until(() -> !there(scene.key(file)));
        assertTrue(there(scene.key(kept)));
    }

    @Test
    public void whatIsNotWantedIsSweptAndOrphansAfterADay() throws Exception {
        caretaker.close();
        var declined = scene.begin("a.txt", 50).file();
        var coming = scene.begin("b.txt", 50).file();
        scene.book.decline(
                UploadScene.SITE, scene.of(declined).id(), Cast.MARIE_ID, Cast.MARIE.actor(), UUID.randomUUID());
        var young = new FileKey(UploadScene.SITE, "0".repeat(32));
        var old = new FileKey(UploadScene.SITE, "1".repeat(32));
        for (var orphan : new FileKey[] {young, old}) {
            scene.stores.of(UploadScene.SITE).create(orphan);
        }
        aged(young, Caretaker.ORPHAN.minusMinutes(1));
        aged(old, Caretaker.ORPHAN.plusMinutes(1));
        aged(scene.key(coming), Duration.ofDays(3));
        caretaker.sweep();
        assertFalse(there(scene.key(declined)));
        assertTrue(there(scene.key(coming)));
        assertTrue(there(young));
        assertFalse(there(old));
    }

    @Test
    public void partsThatNobodyJoinsGoAfterTheirTime() throws Exception {
        var part = scene.partial
                .create(
                        UploadScene.call(Cast.ANNA),
                        UploadScene.headers(Headers.CONCAT, "partial", Headers.LENGTH, "5"),
                        UploadScene.none())
                .file();
        scene.clock.advance(Duration.ofMinutes(59));
        caretaker.endParts();
        assertTrue(there(scene.key(part)));
        caretaker.sweep();
        assertTrue("known, though no file of the book", there(scene.key(part)));
        scene.clock.advance(Duration.ofMinutes(2));
        caretaker.endParts();
        assertFalse(there(scene.key(part)));
        assertFalse(scene.parts.knows(scene.key(part)));
    }

    @Test
    public void whatExpiresIsGone() throws Exception {
        var file = scene.begin("a.txt", 50).file();
        scene.append(Cast.ANNA, file, 0, "hello");
        scene.clock.advance(Duration.ofMinutes(61));
        scene.journal.fireDue();
        assertEquals(State.CANCELLED, scene.of(file).state());
        UploadScene.until(() -> !there(scene.key(file)));
    }

    /** What is looked at for long is not given up meanwhile. */
    @Test
    public void whatIsWholeDoesNotExpire() throws Exception {
        scene.settled = () -> false;
        var file = scene.begin("a.txt", 5).file();
        scene.append(Cast.ANNA, file, 0, "hello");
        for (int i = 0; i < 3; i++) {
            scene.clock.advance(Duration.ofMinutes(40));
            caretaker.lookAtWhole();
            scene.journal.fireDue();
            assertEquals(State.ARRIVING, scene.of(file).state());
        }
        scene.clock.advance(Duration.ofMinutes(61));
        scene.journal.fireDue();
        assertEquals(State.CANCELLED, scene.of(file).state());
    }

    private String part(String length, InputStream in) throws IOException {
        return scene.partial
                .create(
                        UploadScene.call(Cast.ANNA),
                        UploadScene.headers(
                                Headers.CONCAT, "partial", Headers.LENGTH, length, "Content-Type", Headers.BYTES),
                        in)
                .file();
    }

    /** Bytes that come, and time that passes with each of them and before the end. */
    private InputStream slow(int blocks, Duration each, Runnable last, Duration end) {
        return new InputStream() {
            private int left = blocks;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] to, int from, int most) {
                if (left-- > 0) {
                    scene.clock.advance(each);
                    return most;
                }
                last.run();
                scene.clock.advance(end);
                return -1;
            }
        };
    }

    @Test
    public void partsThatStillComeLive() throws Exception {
        var begun = scene.clock.instant();
        int blocks = 20;
        var part = part(
                Integer.toString(blocks * 32 * 1024),
                slow(
                        blocks,
                        Duration.ofSeconds(30),
                        () -> {
                            var since = begun.plus(Duration.ofMinutes(5));
                            assertEquals("as bytes come", List.of(), scene.parts.partial(UploadScene.SITE, since));
                        },
                        Duration.ofMinutes(61)));
        caretaker.endParts();
        assertTrue("and at the end", there(scene.key(part)));
        scene.clock.advance(Duration.ofMinutes(61));
        caretaker.endParts();
        assertFalse(there(scene.key(part)));
    }

    /** Files that were made of parts stay noted for a day, and there may be many. */
    @Test
    public void whatWasMadeLatelyHidesNoPartsThatAreDue() throws Exception {
        scene.journal.database().write(sql -> {
            for (int i = 0; i < 1_000; i++) {
                sql.update(
                        "INSERT INTO file_part (site, file, owner, length, concat, touched) VALUES (?, ?, ?, ?, ?, ?)",
                        UploadScene.SITE,
                        String.format("%032x", i),
                        "agent:1",
                        1L,
                        "final;/a",
                        scene.clock.instant());
            }
            return true;
        });
        scene.clock.advance(Duration.ofMinutes(1));
        var part = part("5", UploadScene.bytes("hello"));
        scene.clock.advance(Duration.ofMinutes(61));
        caretaker.endParts();
        assertFalse(there(scene.key(part)));
        assertTrue(scene.parts.knows(scene.key(String.format("%032x", 0))));
        scene.clock.advance(Caretaker.ORPHAN);
        caretaker.endParts();
        assertFalse(scene.parts.knows(scene.key(String.format("%032x", 0))));
    }

    /** A bucket that is away. */
    private static final class Broken implements FileStore {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public void create(FileKey key) throws IOException {
            throw new IOException("away");
        }

        @Override
        public long offset(FileKey key) throws IOException {
            throw new IOException("away");
        }

        @Override
        public Appender append(FileKey key) throws IOException {
            throw new IOException("away");
        }

        @Override
        public void seal(FileKey key) throws IOException {
            throw new IOException("away");
        }

        @Override
        public ReadableByteChannel read(FileKey key, long from) throws IOException {
            throw new IOException("away");
        }

        @Override
        public long size(FileKey key) throws IOException {
            throw new IOException("away");
        }

        @Override
        public void concatenate(FileKey key, List<FileKey> parts) throws IOException {
            throw new IOException("away");
        }

        @Override
        public void delete(FileKey key) throws IOException {
            throw new IOException("away");
        }

        @Override
        public Stream<Stored> all() {
            return Stream.generate(() -> {
                throw new UncheckedIOException(new IOException("away"));
            });
        }

        @Override
        public long room() throws IOException {
            throw new IOException("away");
        }
    }

    @Test
    public void aStoreThatIsAwayStopsNobodyElse() throws Exception {
        var declined = scene.begin("a.txt", 50).file();
        scene.append(Cast.ANNA, declined, 0, "hello");
        var whole = scene.begin("b.txt", 5).file();
        write(scene.key(whole), "hello");
        var nowhere = scene.begin("c.txt", 5).file();
        scene.stores.delete(scene.key(nowhere));
        var parts = List.of(part("5", UploadScene.bytes("hello")), part("5", UploadScene.bytes("hello")));

        // Both before and after the store that works.
        var stores = new Stores(temporary.getRoot().toPath().resolve("files"), scene.settings, List.of(new Broken()));
        for (var chosen : List.of("local", "broken", "not there")) {
            scene.values.store = chosen;
            assertEquals("local", stores.holding(scene.key(whole)).name());
            var failure = assertThrows(IOException.class, () -> stores.holding(scene.key(nowhere)));
            assertFalse("nobody knows that it is lost", failure instanceof MissingFileException);
        }
        caretaker.close();
        caretaker = new Caretaker(
                scene.book, stores, scene.parts, scene.receiving, scene.verifier, scene.settings, scene.clock);
        caretaker.lookAtWhole();
        scene.awaits(whole, State.OFFERED);
        scene.clock.advance(Duration.ofMinutes(61));
        caretaker.endParts();
        scene.book.decline(
                UploadScene.SITE, scene.of(declined).id(), Cast.MARIE_ID, Cast.MARIE.actor(), UUID.randomUUID());
        caretaker.sweep();
        scene.values.store = "local";
        for (var part : parts) {
            assertFalse(there(scene.key(part)));
        }
        assertFalse(there(scene.key(declined)));
    }
}
