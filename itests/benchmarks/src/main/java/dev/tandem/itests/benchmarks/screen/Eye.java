package dev.tandem.itests.benchmarks.screen;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.imageio.ImageIO;

import com.microsoft.playwright.Page;

/**
 * Reads the numbers of the {@link Wall} out of the largest canvas of a page, every four milliseconds, the same way for
 * every product. One machine, so one clock.
 */
final class Eye {
    private static final String OPEN =
            """
            ([cell, left, top, markBits, stepBits]) => {
              const canvases = [];
              const search = (root) => root.querySelectorAll('*').forEach((e) => {
                if (e.tagName === 'CANVAS') canvases.push(e);
                if (e.shadowRoot) search(e.shadowRoot);
              });
              search(document);
              const canvas = canvases.sort((a, b) => b.width * b.height - a.width * a.height)[0];
              const cells = markBits + 1 + stepBits;
              const copy = new OffscreenCanvas(cells, 1).getContext('2d', { willReadFrequently: true });
              copy.imageSmoothingEnabled = false;
              const read = (pixels, from, bits) => {
                let number = 0;
                for (let bit = 0; bit < bits; bit++) {
                  if (pixels[(from + bit) * 4 + 1] < 128) number |= 1 << bit;
                }
                return number;
              };
              const eye = { canvas, marks: [], steps: [] };
              const look = () => {
                for (let i = 0; i < cells; i++) {
                  copy.drawImage(canvas, left + i * cell + cell / 2, top + cell / 2, 1, 1, i, 0, 1, 1);
                }
                const now = Math.round((performance.timeOrigin + performance.now()) * 1000);
                const pixels = copy.getImageData(0, 0, cells, 1).data;
                const mark = read(pixels, 0, markBits);
                const step = read(pixels, markBits + 1, stepBits);
                if (eye.marks.at(-1)?.[0] !== mark) eye.marks.push([mark, now]);
                if (eye.steps.at(-1)?.[0] !== step) eye.steps.push([step, now]);
              };
              eye.timer = setInterval(look, 4);
              window.tandemEye?.timer && clearInterval(window.tandemEye.timer);
              window.tandemEye = eye;
            }""";

    /** A number and when it was first seen, microseconds since the epoch. */
    record Seen(int number, long at) {}

    private final Page page;

    Eye(Page page) {
        this.page = page;
        page.evaluate(OPEN, List.of(Wall.CELL, Wall.LEFT, Wall.TOP, Wall.MARK_BITS, Wall.STEP_BITS));
    }

    /** Forgets what it saw. */
    void blink() {
        page.evaluate("tandemEye.marks.length = 0; tandemEye.steps.length = 0;");
    }

    /** From the change to the sight of it, milliseconds; a change that was never seen alone is not in it. */
    List<Double> delays(List<WallProcess.Mark> marks) {
        Map<Integer, Long> first = new HashMap<>();
        seen("marks").forEach(seen -> first.putIfAbsent(seen.number(), seen.at()));
        var delays = new ArrayList<Double>();
        for (var mark : marks) {
            var at = first.get(mark.number());
            if (at != null) {
                delays.add((at - mark.at()) / 1000.0);
            }
        }
        return delays;
    }

    /** Different steps seen. */
    int steps() {
        var steps = new TreeSet<Long>();
        seen("steps").forEach(seen -> steps.add(seen.at()));
        return steps.size();
    }

    /** The canvas, pixel by pixel. */
    BufferedImage picture() {
        var base64 = (String)
                page.evaluate(
                        """
                () => new Promise((done) => {
                  const { width, height } = tandemEye.canvas;
                  const copy = new OffscreenCanvas(width, height);
                  copy.getContext('2d').drawImage(tandemEye.canvas, 0, 0);
                  copy.convertToBlob({ type: 'image/png' }).then((blob) => {
                    const reader = new FileReader();
                    reader.onload = () => done(reader.result.split(',')[1]);
                    reader.readAsDataURL(blob);
                  });
                })""");
        try {
            return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Seen> seen(String what) {
        var list = new ArrayList<Seen>();
        for (var entry : (List<?>) page.evaluate("tandemEye." + what)) {
            var pair = (List<?>) entry;
            list.add(new Seen(((Number) pair.get(0)).intValue(), ((Number) pair.get(1)).longValue()));
        }
        return list;
    }
}
