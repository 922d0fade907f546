package dev.tandem.itests.journeys;

import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The customer's screen as an agent sees it: the pixels of the canvas, not what the page says about them. */
final class Picture {
    /** Video loses some of a colour. */
    private static final int TOLERANCE = 28;

    private static final double PATIENCE = 60_000;

    private final Page page;

    Picture(Page page) {
        this.page = page;
    }

    Locator canvas() {
        return page.locator("canvas");
    }

    /** Waits until the left and the right half show these colours. */
    void awaitColours(Colour left, Colour right) {
        try {
            page.waitForCondition(
                    () -> canvas().count() == 1 && left.isNear(at(0.25, 0.6)) && right.isNear(at(0.75, 0.6)),
                    new Page.WaitForConditionOptions().setTimeout(PATIENCE));
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "the screen should show " + left + " and " + right
                            + (canvas().count() == 1
                                    ? " and shows " + at(0.25, 0.6) + " and " + at(0.75, 0.6)
                                    : " and there is no picture; the page of " + page.url() + " has: "
                                            + page.locator("body").innerText()),
                    e);
        }
    }

    /** Waits until so many more pictures have come than have now. */
    void awaitMoreFrames(int more) {
        canvas().waitFor();
        int before = frames();
        page.waitForCondition(() -> frames() >= before + more, new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    }

    private int frames() {
        return Integer.parseInt(page.locator("[data-frames]").first().getAttribute("data-frames"));
    }

    /** Whether that point shows about that colour now. */
    boolean isNear(Colour colour, double x, double y) {
        return canvas().count() == 1 && colour.isNear(at(x, y));
    }

    /** The colour at a point, given in parts of width and height. */
    private Colour at(double x, double y) {
        var rgb = (List<?>) canvas().evaluate(
                        """
                (canvas, [x, y]) => {
                  const copy = new OffscreenCanvas(1, 1).getContext('2d');
                  copy.drawImage(canvas, -Math.floor(canvas.width * x), -Math.floor(canvas.height * y));
                  return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3);
                }""",
                        List.of(x, y));
        return new Colour(number(rgb.get(0)), number(rgb.get(1)), number(rgb.get(2)));
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }

    record Colour(int red, int green, int blue) {
        boolean isNear(Colour other) {
            return Math.abs(red - other.red) < TOLERANCE
                    && Math.abs(green - other.green) < TOLERANCE
                    && Math.abs(blue - other.blue) < TOLERANCE;
        }

        String css() {
            return "rgb(%d, %d, %d)".formatted(red, green, blue);
        }
    }
}
