package dev.tandem.filetransfer.internal.verify;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which types a container can be, judged by the names in it. Of several the container cannot tell which: a presentation and a show
 * differ in a line of a packed file. A document with macros is never one of those that have none.
 */
final class Containers {
    static final String ZIP = "application/zip";
    static final String OLE = "application/x-tika-msoffice";

    private static final String OOXML = "application/x-tika-ooxml";
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final List<String> WORD =
            List.of(OFFICE + "wordprocessingml.document", OFFICE + "wordprocessingml.template");
    private static final List<String> WORD_MACROS = macros("word.document", "word.template");
    private static final List<String> EXCEL =
            List.of(OFFICE + "spreadsheetml.sheet", OFFICE + "spreadsheetml.template");
    private static final List<String> EXCEL_MACROS = macros("excel.sheet", "excel.template", "excel.addin");
    private static final List<String> EXCEL_BINARY = macros("excel.sheet.binary");
    private static final List<String> SLIDES = List.of(
            OFFICE + "presentationml.presentation",
            OFFICE + "presentationml.slideshow",
            OFFICE + "presentationml.template");
    private static final List<String> SLIDES_MACROS =
            macros("powerpoint.presentation", "powerpoint.slideshow", "powerpoint.template", "powerpoint.addin");
    private static final List<String> JAVA = List.of("application/java-archive");
    private static final List<String> ANDROID = List.of("application/vnd.android.package-archive");
    private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";
    private static final String EPUB = "application/epub+zip";

    private static final String DOC = "application/msword";
    private static final String XLS = "application/vnd.ms-excel";
    private static final String PPT = "application/vnd.ms-powerpoint";
    private static final String VISIO = "application/vnd.visio";
    private static final String MAIL = "application/vnd.ms-outlook";
    private static final String PUBLISHER = "application/x-mspublisher";
    private static final String INSTALLER = "application/x-ms-installer";
    private static final String LOCKED = "application/x-tika-ooxml-protected";

    /** Types of which a container says itself whether it is one. */
    private static final Set<String> TOLD = Stream.of(
                    WORD,
                    WORD_MACROS,
                    EXCEL,
                    EXCEL_MACROS,
                    EXCEL_BINARY,
                    SLIDES,
                    SLIDES_MACROS,
                    JAVA,
                    ANDROID,
                    List.of(EPUB, DOC, XLS, PPT, VISIO, MAIL, PUBLISHER, INSTALLER, LOCKED))
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    private Containers() {}

    /** Whether a file is of that type only if the names in it say so. */
    static boolean tells(String type) {
        return TOLD.contains(type) || type.startsWith(OPEN_DOCUMENT);
    }

    /** The types that a zip with these names can be, the likeliest first. */
    static List<String> of(ZipNames zip) {
        var names = zip.names();
        var kept = zip.mimetype().filter(type -> holds(names, type));
        if (kept.isPresent()) {
            return List.of(kept.get());
        }
        if (names.contains("[content_types].xml") && names.contains("_rels/.rels")) {
            return zip.whole() ? office(names) : List.of(OOXML);
        }
        if (names.contains("androidmanifest.xml")) {
            return ANDROID;
        }
        return names.contains("meta-inf/manifest.mf") ? JAVA : List.of(ZIP);
    }

    private static boolean holds(Set<String> names, String type) {
        return type.startsWith(OPEN_DOCUMENT)
                ? names.contains("meta-inf/manifest.xml") && names.contains("content.xml")
                : type.equals(EPUB) && names.contains("meta-inf/container.xml");
    }

    private static List<String> office(Set<String> names) {
        var macros =
                names.stream().anyMatch(name -> name.endsWith("vbaproject.bin") || name.startsWith("xl/macrosheets/"));
        // Some programs number the main part.
        if (names.stream().anyMatch(name -> name.startsWith("word/document") && name.endsWith(".xml"))) {
            return macros ? WORD_MACROS : WORD;
        }
        if (names.contains("xl/workbook.bin")) {
            return EXCEL_BINARY;
        }
        if (names.contains("xl/workbook.xml")) {
            return macros ? EXCEL_MACROS : EXCEL;
        }
        if (names.contains("ppt/presentation.xml")) {
            return macros ? SLIDES_MACROS : SLIDES;
        }
        return List.of(OOXML);
    }

    /** The type of a compound file with these streams. */
    static String of(OleRoot root) {
        // The class by which Windows knows an installer, in the order of the file.
        if (root.program().equals("84100c0000000000c000000000000046")) {
            return INSTALLER;
        }
        var names = root.names();
        if (names.contains("WordDocument")) {
            return DOC;
        }
        if (names.contains("Workbook") || names.contains("Book")) {
            return XLS;
        }
        if (names.contains("PowerPoint Document")) {
            return PPT;
        }
        if (names.contains("VisioDocument")) {
            return VISIO;
        }
        if (names.contains("__properties_version1.0")) {
            return MAIL;
        }
        if (names.contains("Quill")) {
            return PUBLISHER;
        }
        return names.contains("EncryptedPackage") ? LOCKED : OLE;
    }

    private static List<String> macros(String... kinds) {
        return Stream.of(kinds)
                .map(kind -> "application/vnd.ms-" + kind + ".macroenabled.12")
                .toList();
    }
}
