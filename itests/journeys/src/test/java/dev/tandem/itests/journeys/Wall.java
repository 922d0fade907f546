package dev.tandem.itests.journeys;

import com.microsoft.playwright.Page;

import dev.tandem.itests.harness.Browsers;

/** A page that covers the customer's screen with two colours. */
final class Wall {
    private final Page page;

    Wall(Page page) {
        this.page = page;
    }

    /** In a window of its own in the customers' Chromium. */
    static Wall infrontOf(Scene scene) {
        return new Wall(scene.stranger(Scene.options("en-GB", Browsers.CUSTOMER_WIDTH, Browsers.CUSTOMER_HEIGHT - 90))
                .open("about:blank"));
    }

    void paint(Picture.Colour left, Picture.Colour right) {
        page.setContent("<style>html{height:100%;background:linear-gradient(90deg," + left.css() + " 50%," + right.css()
                + " 50%)}</style>");
    }
}
