package dev.tandem.itests.journeys;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Page;

/**
 * What a page says of its line, and which sockets it opens, from when this is made on. A test that looks from time to time
 * would miss what is shown for a moment.
 */
final class Noticed {
    private final Page page;
    private final List<String> sockets = new ArrayList<>();

    Noticed(Page page) {
        this.page = page;
        page.onWebSocket(socket -> sockets.add(socket.url()));
        page.evaluate(
                """
                () => {
                  window.noticed = [];
                  const banners = (root) => [...root.querySelectorAll('*')].flatMap((e) => [
                    ...(e.shadowRoot ? banners(e.shadowRoot) : []),
                    ...(e.localName.startsWith('tandem-connection') && e.shown ? [e.shown] : []),
                  ]);
                  setInterval(() => {
                    for (const shown of banners(document)) {
                      if (window.noticed.at(-1) !== shown) window.noticed.push(shown);
                    }
                  }, 50);
                }""");
    }

    /** The states of the line that the page told, in their order; missing if it was loaded again. */
    String line() {
        return String.valueOf(page.evaluate("window.noticed?.join(' ')"));
    }

    /** The addresses of the sockets that it opened, in their order. */
    List<String> sockets() {
        return List.copyOf(sockets);
    }
}
