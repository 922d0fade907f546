package dev.tandem.web.internal.modules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Writes pages: the frame of HTML in which modules do everything. */
final class PageRenderer {
    private static final Map<String, String> NO_SCRIPT = Map.of(
            "en", "This page needs JavaScript.",
            "fr", "Cette page nécessite JavaScript.",
            "it", "Questa pagina richiede JavaScript.",
            "nl", "Voor deze pagina is JavaScript nodig.");
    private static final Map<String, String> NOT_FOUND = Map.of(
            "en", "There is no such page.",
            "fr", "Cette page n’existe pas.",
            "it", "Questa pagina non esiste.",
            "nl", "Deze pagina bestaat niet.");

    private static final Map<String, String> NOT_YET = Map.of(
            "en", "This page is being updated. It comes back by itself in a moment.",
            "fr", "Cette page est en cours de mise à jour. Elle revient d’elle-même dans un instant.",
            "it", "Questa pagina è in aggiornamento. Torna da sola tra un momento.",
            "nl", "Deze pagina wordt bijgewerkt. Ze komt zo vanzelf terug.");
    private static final Map<String, String> AGAIN =
            Map.of("en", "Try again", "fr", "Réessayer", "it", "Riprova", "nl", "Opnieuw proberen");

    /** Seconds after which a page that is not complete is asked for again. */
    static final int AGAIN_AFTER = 5;

    private PageRenderer() {}

    /** @param language one of ours */
    static String page(ModuleSet modules, ModuleSet.PageOf found, String language) {
        var page = found.page();
        var module = found.module();
        var entry = module.path(page.module());
        var html = new StringBuilder(2048);
        head(html, language, module.catalogues().texts(page.title()).get(language));
        html.append("<script type=\"importmap\">").append(modules.importMap()).append("</script>\n");
        var paths = new LinkedHashSet<>(modules.graph(found).paths());
        page.preload().orElse(List.of()).forEach(file -> modules.path(module, file)
                .ifPresent(paths::add));
        for (var path : paths) {
            html.append("<link rel=\"modulepreload\" href=\"")
                    .append(escape(path))
                    .append("\">\n");
        }
        for (var file : page.styles().orElse(List.of())) {
            modules.path(module, file).ifPresent(path -> html.append("<link rel=\"stylesheet\" href=\"")
                    .append(escape(path))
                    .append("\">\n"));
        }
        html.append("<script type=\"module\" src=\"").append(escape(entry)).append("\"></script>\n");
        return html.append("</head>\n<body>\n<noscript>")
                .append(NO_SCRIPT.get(language))
                .append("</noscript>\n</body>\n</html>\n")
                .toString();
    }

    static String notFound(String language) {
        var html = new StringBuilder();
        head(html, language, "Tandem");
        return html.append("</head>\n<body>\n<h1>Tandem</h1>\n<p>")
                .append(NOT_FOUND.get(language))
                .append("</p>\n<p><a href=\"/\">/</a></p>\n</body>\n</html>\n")
                .toString();
    }

    /** While a bundle that the page's modules import is not there: without it they could not even say so. */
    static String notYet(String language) {
        var html = new StringBuilder();
        head(html, language, "Tandem");
        return html.append("<meta http-equiv=\"refresh\" content=\"")
                .append(AGAIN_AFTER)
                .append("\">\n</head>\n<body>\n<h1>Tandem</h1>\n<p role=\"status\">")
                .append(NOT_YET.get(language))
                .append("</p>\n<p><a href=\"\">")
                .append(AGAIN.get(language))
                .append("</a></p>\n</body>\n</html>\n")
                .toString();
    }

    private static void head(StringBuilder html, String language, String title) {
        html.append("<!doctype html>\n<html lang=\"")
                .append(language)
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escape(title))
                .append("</title>\n");
    }

    /**
     * The policy of a page.
     *
     * @param sockets where the page may open sockets, as the policy has it
     */
    static String policy(ModuleSet modules, List<String> sockets, String frameAncestors) {
        var connect = sockets.isEmpty() ? "" : " " + String.join(" ", sockets);
        return "default-src 'none'; script-src 'self' 'sha256-" + modules.importMapHash() + "'; style-src 'self';"
                + " img-src 'self' data: blob:; connect-src 'self'" + connect + "; media-src 'self' blob:;"
                + " font-src 'self'; manifest-src 'self'; worker-src 'self' blob:; base-uri 'none';"
                + " form-action 'self'; frame-ancestors " + frameAncestors;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
