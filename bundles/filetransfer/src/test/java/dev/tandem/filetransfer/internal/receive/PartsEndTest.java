package dev.tandem.filetransfer.internal.receive;

import static dev.tandem.filetransfer.internal.receive.UploadScene.bytes;
import static dev.tandem.filetransfer.internal.receive.UploadScene.call;
import static dev.tandem.filetransfer.internal.receive.UploadScene.headers;
import static dev.tandem.filetransfer.internal.receive.UploadScene.none;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.session.testing.Cast;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

/** Who may send nothing any more sends no parts of files either. */
public class PartsEndTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private UploadScene scene;

    @Before
    public void begin() {
        scene = new UploadScene(temporary.getRoot().toPath());
    }

    @After
    public void end() {
        scene.close();
    }

    @Test
    public void partsGoOnOnlyWhileTheirSenderMaySendSomething() throws IOException {
        var ofAgent = begun(Cast.ANNA);
        var ofCustomer = begun(Cast.MARIE);
        assertEquals(3, append(Cast.ANNA, ofAgent, 0, "hel").offset());
        scene.session.pass(Cast.BEN_ID);
        assertEquals("not-in-control", refused(Cast.ANNA, ofAgent, 3));
        assertEquals(3, append(Cast.MARIE, ofCustomer, 0, "hel").offset());
        scene.session.end();
        assertEquals("unknown", refused(Cast.MARIE, ofCustomer, 3));
        assertEquals(3, scene.partial.offset(part(Cast.MARIE, ofCustomer)).offset());
    }

    private String begun(Caller by) throws IOException {
        return scene.partial
                .create(call(by), headers(Headers.CONCAT, "partial", Headers.LENGTH, "5"), none())
                .file();
    }

    private PartBook.Part part(Caller by, String file) {
        return scene.partial.find(call(by), file).orElseThrow();
    }

    private Upload append(Caller by, String file, long offset, String text) throws IOException {
        var said = headers("Content-Type", Headers.BYTES, Headers.OFFSET, Long.toString(offset));
        return scene.partial.append(call(by), part(by, file), said, bytes(text));
    }

    private String refused(Caller by, String file, long offset) {
        return assertThrows(ProblemException.class, () -> append(by, file, offset, "lo"))
                .problem()
                .code();
    }
}
