package dev.tandem.itests.benchmarks.screen;

import java.awt.Color;
import java.awt.Font;
import java.awt.Frame;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import java.awt.image.VolatileImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;

/**
 * What is on the shared screen: a page of text that stands still or scrolls, with two numbers in black and white cells
 * above it. A process of its own on the display it covers; told what to do on its standard input:
 *
 * <pre>
 * scroll N   N steps a second, 0 to stand still; each step is counted in the second number
 * mark       shows the next first number and answers "mark NUMBER MICROSECONDS", when it was on the screen
 * front      comes before all other windows
 * shot FILE  saves what is on the screen
 * </pre>
 */
final class Wall {
    static final int WIDTH = 1920;
    static final int HEIGHT = 1080;
    /** Cells are squares of so many pixels, in one row; video blurs edges, so only their middles are read. */
    static final int CELL = 32;

    static final int MARK_BITS = 8;
    static final int STEP_BITS = 12;
    static final int BAND = 2 * CELL;
    /** Where the cells begin, from the left and from above. */
    static final int LEFT = CELL;

    static final int TOP = CELL / 2;

    private static final int LINE = 18;
    private static final int PAGE = 4 * 1080;
    private static final int STEP = 6;

    private final Clock clock = Clock.systemUTC();
    private final Frame frame;
    private final Graphics2D screen;
    private final VolatileImage text;
    private volatile long period;
    private int offset;
    private int step;
    private int mark;

    private Wall() {
        frame = new Frame(GraphicsEnvironment.getLocalGraphicsEnvironment()
                .getDefaultScreenDevice()
                .getDefaultConfiguration());
        frame.setUndecorated(true);
        frame.setBackground(Color.WHITE);
        frame.setBounds(0, 0, WIDTH, HEIGHT);
        var nothing = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        frame.setCursor(Toolkit.getDefaultToolkit().createCustomCursor(nothing, new Point(), "none"));
        frame.setIgnoreRepaint(true);
        frame.setVisible(true);
        frame.toFront();
        screen = (Graphics2D) frame.getGraphics();
        text = frame.getGraphicsConfiguration().createCompatibleVolatileImage(WIDTH, PAGE + HEIGHT);
        write(text.createGraphics());
    }

    public static void main(String[] arguments) throws Exception {
        var wall = new Wall();
        var scroller = new Thread(wall::scroll, "scroll");
        scroller.setDaemon(true);
        scroller.start();
        wall.paint();
        System.out.println("ready");
        var commands = new BufferedReader(new InputStreamReader(System.in));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            wall.obey(line.split(" ", 2));
        }
        System.exit(0);
    }

    private void obey(String[] words) throws Exception {
        switch (words[0]) {
            case "scroll" -> {
                int perSecond = Integer.parseInt(words[1]);
                period = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
                System.out.println("scroll");
            }
            case "mark" -> System.out.println("mark " + mark());
            case "front" -> front();
            case "shot" -> shot(new File(words[1]));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** Nothing is drawn again by itself: what another window has covered is lost. */
    private void front() {
        frame.toFront();
        paint();
        mark();
        System.out.println("front");
    }

    /** Text as on a page of a manual: black on white, of several sizes, with some colour. */
    private static void write(Graphics2D page) {
        var random = new Random(20261121);
        page.setColor(Color.WHITE);
        page.fillRect(0, 0, WIDTH, PAGE + HEIGHT);
        page.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        for (int y = LINE; y < PAGE + HEIGHT; y += LINE) {
            boolean heading = random.nextInt(14) == 0;
            page.setFont(new Font(Font.SANS_SERIF, heading ? Font.BOLD : Font.PLAIN, heading ? 16 : 13));
            page.setColor(heading ? new Color(0x1a, 0x4f, 0x9c) : new Color(0x22, 0x22, 0x22));
            var line = new StringBuilder();
            while (line.length() < 250) {
                int letters = 2 + random.nextInt(9);
                for (int letter = 0; letter < letters; letter++) {
                    line.append((char) ('a' + random.nextInt(26)));
                }
                line.append(' ');
            }
            page.drawString(line.toString(), 24, y);
        }
        page.dispose();
    }

    private void scroll() {
        long due = System.nanoTime();
        for (; ; ) {
            long each = period;
            if (each == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                due = System.nanoTime();
                continue;
            }
            due += each;
            LockSupport.parkNanos(due - System.nanoTime());
            synchronized (this) {
                offset = (offset + STEP) % PAGE;
                step = (step + 1) & ((1 << STEP_BITS) - 1);
                paint();
            }
        }
    }

    private synchronized void paint() {
        screen.drawImage(text, 0, BAND, WIDTH, HEIGHT, 0, offset, WIDTH, offset + HEIGHT - BAND, null);
        cells(LEFT + MARK_BITS * CELL + CELL, step, STEP_BITS);
        Toolkit.getDefaultToolkit().sync();
    }

    private synchronized String mark() {
        mark = (mark + 1) & ((1 << MARK_BITS) - 1);
        cells(LEFT, mark, MARK_BITS);
        Toolkit.getDefaultToolkit().sync();
        return mark + " " + ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    private void cells(int left, int number, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            screen.setColor((number >> bit & 1) == 1 ? Color.BLACK : Color.WHITE);
            screen.fillRect(left + bit * CELL, TOP, CELL, CELL);
        }
    }

    private static void shot(File file) throws Exception {
        save(new Robot().createScreenCapture(new Rectangle(0, 0, WIDTH, HEIGHT)), file);
        System.out.println("shot");
    }

    private static void save(BufferedImage image, File file) throws IOException {
        ImageIO.write(image, "png", file);
    }
}
