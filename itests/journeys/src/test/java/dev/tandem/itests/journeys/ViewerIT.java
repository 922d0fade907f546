package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tandem.itests.harness.FromAddress;
import dev.tandem.itests.harness.Line;

/** Somebody outside who may look. */
public class ViewerIT {
    private static final Picture.Colour GREEN = new Picture.Colour(30, 160, 70);
    private static final Picture.Colour RED = new Picture.Colour(200, 40, 90);

    @Rule
    public final Scene scene = new Scene();

    @Test
    public void B19_anOutsideExpertSeesTheScreenTouchesNothingAndIsSentAway() {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        var customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        var invite = desktop.invite();
        invite.whole().getByLabel("Name of the expert (optional)").fill("Prof. Ito");
        invite.button("Create a URL").click();
        var row = invite.viewers().first();
        assertThat(row).containsText("not opened yet");
        invite.button("Copy: External view URL").click();
        var link = desktop.clipboard();
        assertTrue(link, link.matches("https?://.+/v/[\\w-]{22}"));

        var expert = scene.stranger(Scene.options("en-GB", 1024, 700)).open(link);
        assertThat(expert.getByText("You see what is shared in the session of Anna Bell"))
                .isVisible();
        assertThat(expert.getByText("Nothing is shared right now")).isVisible();
        assertFalse(expert.url(), expert.url().contains("/v/"));
        assertThat(row).hasAttribute("data-state", "watching");
        desktop.tab("Participants").click();
        assertThat(desktop.page().locator("[data-participant][data-role=VIEWER]"))
                .containsText("Prof. Ito");

        customer.share();
        var wall = Wall.infrontOf(scene);
        wall.paint(GREEN, RED);
        var picture = new Picture(expert);
        picture.awaitColours(GREEN, RED);
        wall.paint(RED, GREEN);
        picture.awaitColours(RED, GREEN);
        touchesNothing(site, desktop, link);
        expert.reload();
        picture.awaitColours(RED, GREEN);
        assertEquals("the one link has one viewer", 1, viewers(site, desktop));

        desktop.invite();
        invite.button("Revoke the view of Prof. Ito").click();
        assertThat(expert.getByText("This view is closed")).isVisible();
        assertThat(picture.canvas()).isHidden();
        assertThat(invite.viewers()).hasCount(0);
        assertThat(desktop.picture().canvas()).isVisible();
        var again = scene.stranger(Scene.options("en-GB", 320, 600)).open(elsewhere(link));
        assertThat(again.getByText("This view is closed")).isVisible();
        var wide = (Number) again.evaluate("document.documentElement.scrollWidth");
        assertTrue("nothing to the right of the fold, but " + wide, wide.intValue() <= 320);
    }

    /** Neither on the page nor behind it. */
    private static void touchesNothing(Site site, Desktop desktop, String link) {
        var token = link.substring(link.lastIndexOf('/') + 1);
        var viewer = site.karaf().api().post("/view", Map.of("token", token)).ok();
        var api = site.karaf().api().asCustomer(viewer.get("token").asText());
        var path = "/sessions/" + desktop.session();
        assertEquals(200, api.get(path).status());
        for (var command : new String[] {"/end", "/leave", "/seats", "/viewers"}) {
            var status = api.post(path + command, Map.of()).status();
            assertTrue(command + " is answered " + status, status == 403 || status == 404);
        }
        var chat =
                api.post("/chat/" + desktop.session(), Map.of("text", "Hello")).status();
        assertTrue("a message is answered " + chat, chat == 403 || chat == 404);
        var share = api.post("/screen/" + desktop.session() + "/start").status();
        assertTrue("a share is answered " + share, share == 403 || share == 404);
    }

    private static long viewers(Site site, Desktop desktop) {
        long count = 0;
        for (var person :
                site.anna().api().get("/sessions/" + desktop.session()).ok().get("participants")) {
            count += person.get("role").asText().equals("VIEWER")
                            && person.get("state").asText().equals("JOINED")
                    ? 1
                    : 0;
        }
        return count;
    }

    @Test
    public void B19_theLinkDiesWithTheSession() {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        Customer.join(scene.customer(), site, desktop.pinDigits());
        var link = site.anna()
                .api()
                .post("/sessions/" + desktop.session() + "/viewers", Map.of())
                .ok()
                .get("viewers")
                .get(0)
                .get("url")
                .asText();
        var expert = scene.stranger(Scene.options("fr-FR", 320, 600)).open(link);
        assertThat(expert.getByText("Rien n’est partagé pour le moment")).isVisible();
        assertThat(expert.getByRole(AriaRole.BUTTON)).hasCount(0);
        desktop.endSession();
        assertThat(expert.getByText("La session est terminée")).isVisible();
        var late = scene.stranger(Scene.options("fr-FR", 320, 600)).open(elsewhere(link));
        assertThat(late.getByText(Pattern.compile("Cette vue est fermée|La session est terminée")))
                .isVisible();
    }

    /** A company may have one address: whoever there has a good link gets in, whatever others have tried. */
    @Test
    public void B19_deadLinksTriedFromTheSameAddressDoNotKeepALivingOneOut() {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        Customer.join(scene.customer(), site, desktop.pinDigits());
        var url = site.anna()
                .api()
                .post("/sessions/" + desktop.session() + "/viewers", Map.of())
                .ok()
                .get("viewers")
                .get(0)
                .get("url")
                .asText();
        var company = new FromAddress(Running.karaf().uri(), "127.0.0.20");
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 6; i++) {
            statuses.add(company.post("/view", Map.of("token", "B".repeat(22))).status());
        }
        assertEquals(List.of(403, 403, 403, 403, 403, 429), statuses);
        var link = Map.of("token", url.substring(url.lastIndexOf('/') + 1));
        assertEquals(200, company.post("/view", link).status());
    }

    @Test
    public void aLinkThatIsNoneIsToldKindly() {
        Page page = scene.customer().open(elsewhere(Running.karaf().uri() + "/v/AAAAAAAAAAAAAAAAAAAAAA"));
        assertThat(page.getByText("This view is closed")).isVisible();
    }

    /** A link that is refused, from an address of its own. */
    private String elsewhere(String link) {
        var server = Running.karaf().uri();
        return link.replace(
                server.toString(), scene.closing(Line.elsewhere(server)).uri().toString());
    }
}
