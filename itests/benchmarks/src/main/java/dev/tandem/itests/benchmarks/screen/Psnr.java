package dev.tandem.itests.benchmarks.screen;

import java.awt.image.BufferedImage;

/** Peak signal to noise ratio of two pictures over red, green and blue, in decibel. */
final class Psnr {
    /** What pictures without any difference are said to have. */
    static final double SAME = 99;

    private Psnr() {}

    static double of(BufferedImage one, BufferedImage other) {
        if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
            throw new IllegalArgumentException("%dx%d is not %dx%d"
                    .formatted(one.getWidth(), one.getHeight(), other.getWidth(), other.getHeight()));
        }
        long squares = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                int a = one.getRGB(x, y);
                int b = other.getRGB(x, y);
                for (int shift = 0; shift <= 16; shift += 8) {
                    int difference = (a >> shift & 0xff) - (b >> shift & 0xff);
                    squares += (long) difference * difference;
                }
            }
        }
        double mean = squares / (3.0 * one.getWidth() * one.getHeight());
        return mean == 0 ? SAME : 10 * Math.log10(255 * 255 / mean);
    }
}
