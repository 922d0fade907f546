package dev.tandem.recording.internal.webm;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.recording.internal.webm.LiveFile.Picture;

/** What is written can be read, whole or cut off anywhere, by a reader that shares nothing with the writer. */
public class FinisherTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path live;
    private Path target;

    @Before
    public void paths() {
        live = folder.getRoot().toPath().resolve("one.part");
        target = folder.getRoot().toPath().resolve("one.webm");
    }

    @Test
    public void allPicturesAreThereWithTheirTimesAndBytes() throws IOException {
        var pictures = Real.pictures();
        write(live, pictures, 3_000);
        var parsed = finished();
        assertEquals(3_000, parsed.duration, 0);
        assertSame(pictures, parsed.pictures);
        assertEquals("the largest picture names the size", 480, parsed.width);
        assertEquals(270, parsed.height);
        assertEquals(List.of(0L, 1_000L, 2_000L), parsed.cueTimes);
    }

    @Test
    public void timeWithoutChangeIsKeptAndTheLastPictureStays() throws IOException {
        var pictures = new ArrayList<>(Real.pictures());
        pictures.addAll(Real.pictures(63_000));
        write(live, pictures, 90_000);
        var parsed = finished();
        assertEquals(90_000, parsed.duration, 0);
        assertSame(pictures, parsed.pictures);
        assertEquals(
                "the last one before the pause", 60_100, parsed.pictures.get(29).stays());
        assertEquals("the last one of all", 24_100, parsed.pictures.get(59).stays());
    }

    @Test
    public void untilSomebodySharesThereIsAGreyPicture() throws IOException {
        var pictures = Real.pictures(7_500);
        write(live, pictures, 10_500);
        var parsed = finished();
        assertEquals(31, parsed.pictures.size());
        assertEquals(7_500, parsed.pictures.get(0).stays());
        assertEquals(480, Vp8.size(parsed.pictures.get(0).chunk()).get().width());
        assertSame(pictures, parsed.pictures.subList(1, 31));
    }

    @Test
    public void aFirstPictureThatCameAMomentLaterIsThereFromTheBeginning() throws IOException {
        write(live, Real.pictures(300), 3_300);
        var parsed = finished();
        assertEquals(31, parsed.pictures.size());
        assertEquals(parsed.pictures.get(1).chunk(), parsed.pictures.get(0).chunk());
        assertEquals(300, parsed.pictures.get(1).millis());
    }

    @Test
    public void whereNothingWasSharedAtAllItIsGreyAndAsLong() throws IOException {
        write(live, List.of(), 20_000);
        var parsed = finished();
        assertEquals(20_000, parsed.duration, 0);
        assertEquals(1, parsed.pictures.size());
        assertEquals(20_000, parsed.pictures.get(0).stays());
    }

    @Test
    public void nothingAtAllStillMakesAFile() throws IOException {
        Files.write(live, new byte[0]);
        assertTrue(finished().duration > 0);
    }

    @Test
    public void picturesBeforeTheFirstKeyFrameAreLeftOut() throws IOException {
        var pictures = Real.pictures();
        write(live, pictures.subList(5, 30), 3_000);
        var parsed = finished();
        assertSame(pictures.subList(10, 30), parsed.pictures.subList(1, 21));
        assertEquals("grey until then", 1_000, parsed.pictures.get(0).stays());
    }

    /** Every byte of the last second: a kill may come anywhere. */
    @Test
    public void cutAnywhereInTheLastSecondItIsWholeUpToThere() throws IOException {
        var pictures = Real.pictures();
        long before = sizeAfter(pictures.subList(0, 20), 1_999);
        write(live, pictures, 3_000);
        var whole = Files.readAllBytes(live);
        assertTrue("the last second is in the file", whole.length - before > 1_000);
        var cut = folder.getRoot().toPath().resolve("cut.part");
        int most = 0;
        for (int length = (int) before; length < whole.length; length++) {
            Files.write(cut, Arrays.copyOf(whole, length));
            Finisher.finish(cut, target);
            var parsed = new Parsed(Files.readAllBytes(target));
            int count = parsed.pictures.size();
            assertTrue("nothing is lost but what was being written", count >= 20);
            assertTrue("no byte more makes fewer pictures", count >= most);
            assertSame(pictures.subList(0, count), parsed.pictures);
            most = count;
        }
        assertEquals(30, most);
    }

    /** After a power failure the end of a file may be there and hold zeros. */
    @Test
    public void zerosAtTheEndAreNoPictures() throws IOException {
        var pictures = Real.pictures();
        write(live, pictures, 3_000);
        var whole = Files.readAllBytes(live);
        for (int from = whole.length - 1_500; from < whole.length; from += 7) {
            var zeroed = whole.clone();
            Arrays.fill(zeroed, from, whole.length, (byte) 0);
            Files.write(live, zeroed);
            var parsed = finished();
            // The picture in which the zeros begin may count as one: its own head is whole.
            int good = Math.max(0, parsed.pictures.size() - 1);
            assertSame(pictures.subList(0, good), parsed.pictures.subList(0, good));
        }
    }

    @Test
    public void noiseNeverFailsAndNeverMakesABrokenFile() throws IOException {
        write(live, Real.pictures(), 3_000);
        var whole = Files.readAllBytes(live);
        var random = new Random(7);
        for (int run = 0; run < 300; run++) {
            var noisy = whole.clone();
            for (int hit = random.nextInt(8); hit >= 0; hit--) {
                noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
            }
            Files.write(live, noisy);
            finished();
        }
    }

    @Test
    public void whateverTheTimesTheyAreKept() {
        qt().withExamples(60)
                .forAll(
                        lists().of(integers().between(0, 40_000)).ofSizeBetween(1, 60),
                        integers().between(0, 100_000))
                .checkAssert((gaps, tail) -> {
                    try {
                        Files.deleteIfExists(live);
                        var pictures = spaced(gaps);
                        long end = pictures.get(pictures.size() - 1).millis() + tail;
                        write(live, pictures, end);
                        var parsed = finished();
                        var theirs = parsed.pictures.subList(
                                parsed.pictures.size() - pictures.size(), parsed.pictures.size());
                        assertSame(pictures, theirs);
                        assertEquals(
                                Math.max(end, pictures.get(pictures.size() - 1).millis() + 40), parsed.duration, 0);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @Test
    public void withoutRoomTheOldOneStays() throws IOException {
        write(live, Real.pictures(), 3_000);
        Files.write(target, new byte[] {1});
        Files.createDirectory(target.resolveSibling("one.webm.new"));
        try {
            Finisher.finish(live, target);
            throw new AssertionError("it was finished where it could not be");
        } catch (IOException e) {
            assertEquals(1, Files.size(target));
        }
        assertFalse("nothing is left behind", Files.exists(target.resolveSibling("one.webm.new")));
    }

    private static List<Picture> spaced(List<Integer> gaps) {
        var real = Real.pictures();
        var pictures = new ArrayList<Picture>();
        long at = 0;
        for (int i = 0; i < gaps.size(); i++) {
            at += gaps.get(i);
            var one = real.get(i % real.size());
            pictures.add(new Picture(at, one.key(), one.chunk()));
        }
        return pictures;
    }

    private Parsed finished() throws IOException {
        Finisher.finish(live, target);
        return new Parsed(Files.readAllBytes(target));
    }

    private long sizeAfter(List<Picture> pictures, long until) throws IOException {
        var other = folder.getRoot().toPath().resolve("before.part");
        write(other, pictures, until);
        return Files.size(other);
    }

    /** As a recorder does: what has come, every now and then. */
    static void write(Path path, List<Picture> pictures, long until) throws IOException {
        try (var file = LiveFile.create(path)) {
            for (int at = 0; at < pictures.size(); at += 5) {
                var some = pictures.subList(at, Math.min(at + 5, pictures.size()));
                file.append(some, some.get(some.size() - 1).millis());
            }
            file.append(List.of(), until);
        }
    }

    private static void assertSame(List<Picture> wrote, List<Parsed.Picture> read) {
        assertEquals(
                wrote.stream().map(p -> line(p.millis(), p.key(), p.chunk())).toList(),
                read.stream().map(p -> line(p.millis(), p.key(), p.chunk())).toList());
    }

    private static String line(long millis, boolean key, ByteBuffer chunk) {
        return millis + " " + key + " " + chunk.remaining() + " " + chunk.hashCode();
    }
}
