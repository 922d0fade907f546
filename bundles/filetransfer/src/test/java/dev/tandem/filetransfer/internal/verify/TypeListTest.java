package dev.tandem.filetransfer.internal.verify;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;

import org.junit.Test;

public class TypeListTest {
    private static final Types TYPES = new Types();

    @Test
    public void noListLetsEverythingPass() throws IOException {
        var list = TYPES.list(" \n ");
        assertTrue(list.isEmpty());
        assertTrue(list.admits("a.exe"));
        assertTrue(list.admits("a.png", found("a.png", Samples.program())));
    }

    @Test
    public void typesKindsAndEndingsWithAnySeparator() throws IOException {
        var list = TYPES.list("IMAGE/*, application/x-zip-compressed;.Docx\n.tar.gz\tapplication/pdf");
        for (var name : new String[] {"a.png", "a.svg", "a.zip", "a.docx", "a.tar.gz", "A.PDF"}) {
            assertTrue(name, list.admits(name));
        }
        for (var name : new String[] {"a.doc", "a.gz", "a.odt", "a.jar", "a.docx.exe"}) {
            assertFalse(name, list.admits(name));
        }
        assertTrue(TYPES.list(".jpeg").admits("a.jpg"));
        assertTrue(TYPES.list(".tif").admits("a.tiff"));
        assertFalse(TYPES.list("application/zip").admits("a.docx"));
    }

    @Test
    public void aNameThatSaysNothingWaitsForItsContent() throws IOException {
        var list = TYPES.list("image/*");
        assertTrue(list.admits("pasted"));
        assertTrue(list.admits("pasted", found("pasted", Samples.picture("png"))));
        assertFalse(list.admits("pasted", found("pasted", Samples.pdf())));
        assertFalse(list.admits("pasted", found("pasted", new byte[] {0, 1, 2, 3})));
        var endings = TYPES.list(".tandem");
        assertFalse(endings.admits("pasted"));
        assertTrue(endings.admits("a.tandem"));
        assertTrue(endings.admits("a.tandem", found("a.tandem", new byte[] {0, 1, 2, 3})));
        assertTrue(endings.admits("a.tandem", found("a.tandem", Samples.bytes("text"))));
        assertFalse(endings.admits("a.tandem", found("a.tandem", Samples.pdf())));
        assertTrue(TYPES.list(".tandem application/pdf").admits("a.tandem", found("a.tandem", Samples.pdf())));
    }

    @Test
    public void everythingThatIsWhatItsNameSays() throws IOException {
        var list = TYPES.list("*/*");
        assertTrue(list.admits("a.exe", found("a.exe", Samples.program())));
        assertTrue(list.admits("a.png", found("a.png", Samples.picture("png"))));
        assertFalse(list.admits("a.gif", found("a.gif", Samples.picture("png"))));
        assertFalse(list.admits("a.png", found("a.png", new byte[] {0, 1, 2, 3})));
    }

    @Test
    public void whatCannotBeReadIsNamedWithItsPlace() {
        bad("image/*, aplication/pdf", 10, "aplication/pdf");
        bad("imag/*", 1, "imag/*");
        bad("image/png pdf", 11, "pdf");
        bad(".", 1, ".");
        bad("*.docx", 1, "*.docx");
        bad("image/", 1, "image/");
        bad("*/png", 1, "*/png");
        bad(".a/b", 1, ".a/b");
        bad("image/png;q=" + "x".repeat(100), 11, "q=" + "x".repeat(58) + "…");
        bad(".a ".repeat(1400), TypeList.LONGEST + 1, "a .".repeat(20) + "…");
        var said = assertThrows(BadTypeListException.class, () -> TYPES.list("image/png, pfd"));
        assertTrue(said.getMessage(), said.getMessage().startsWith("Character 12, \"pfd\": "));
    }

    private static void bad(String text, int at, String entry) {
        var bad = assertThrows(text, BadTypeListException.class, () -> TYPES.list(text));
        assertEquals(text, at, bad.at());
        assertEquals(text, entry.strip(), bad.entry().strip());
    }

    private static Found found(String name, byte[] bytes) throws IOException {
        return TYPES.detect(name, Samples.content(bytes));
    }
}
