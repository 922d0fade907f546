package dev.tandem.webacd.internal.work;

import static org.junit.Assert.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.router.Rig;

/** What somebody has typed for a company is forgotten with the person; what a source knows of itself is not personal. */
public class ForgottenCompanyTest {
    private static final String SUBJECT = "customer:7";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;
    private QueueId printers;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath(), 1);
        printers = rig.plans.queue("printers");
        rig.plans.changed();
    }

    @After
    public void close() {
        rig.close();
    }

    private WorkItemId submit(String company, Map<String, String> answers) {
        var request = new WorkRequest(
                Rig.SITE,
                "test",
                UUID.randomUUID().toString(),
                new Target.Queue(printers),
                "Marie",
                company,
                "en",
                Map.of(),
                0,
                Map.of(),
                "",
                answers,
                Optional.empty());
        var by = new WorkDesk.By(SUBJECT, Optional.empty(), SUBJECT);
        return rig.desk.submit(request, by, UUID.randomUUID()).orElseThrow(r -> new IllegalStateException(r.code()));
    }

    private String company(WorkItemId item) {
        return rig.desk.find(Rig.SITE, item).orElseThrow().request().company();
    }

    @Test
    public void whatWasTypedGoesWithTheAnswers() {
        var typed = submit("Marie Dupont Graphics", Map.of("company", "Marie Dupont Graphics"));
        var known = submit("Acme", Map.of());
        assertEquals(
                "not in the event", Optional.empty(), rig.state(typed).origin().company());
        assertEquals("Marie Dupont Graphics", company(typed));
        assertEquals("Acme", company(known));
        rig.journal.journal().erase(Rig.SITE, SUBJECT);
        assertEquals("", company(typed));
        assertEquals("Acme", company(known));
    }
}
