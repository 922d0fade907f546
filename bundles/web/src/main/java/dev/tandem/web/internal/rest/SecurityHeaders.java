package dev.tandem.web.internal.rest;

import javax.servlet.http.HttpServletResponse;

/** What every answer of ours says to browsers. */
final class SecurityHeaders {
    private SecurityHeaders() {}

    private static void all(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** For a month browsers come to this host by TLS only, whatever a link or a person says. */
    static void onlyByTls(HttpServletResponse response) {
        response.setHeader("Strict-Transport-Security", "max-age=2592000");
    }

    /** For data: nothing to show, nothing to keep. */
    static void data(HttpServletResponse response) {
        all(response);
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "no-store");
    }

    /** For files whose address changes with their content. */
    static void file(HttpServletResponse response) {
        all(response);
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        response.setHeader("Vary", "Accept-Encoding");
    }

    static void page(HttpServletResponse response, String policy) {
        all(response);
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("Permissions-Policy", "display-capture=(self)");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", "Accept-Language");
        if (policy.contains("frame-ancestors 'none'")) {
            response.setHeader("X-Frame-Options", "DENY");
            response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        }
    }
}
