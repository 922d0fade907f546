package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** The conversation of a session, in the agent's and the customer's pages. */
public class ChatIT {
    @Rule
    public final Scene scene = new Scene();

    private Site site;
    private Desktop desktop;
    private Customer customer;

    @Before
    public void together() {
        site = Site.create(Running.karaf());
        desktop = Desktop.supporting(scene.agent(site), site);
        customer = Customer.join(scene.customer(), site, desktop.pinDigits());
        desktop.showChat();
    }

    @Test
    public void messagesGoBothWaysInOneOrder() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            desktop.chat().say("agent " + i);
            assertThat(customer.chat().message("agent " + i)).isVisible();
            customer.chat().say("customer " + i);
            assertThat(desktop.chat().message("customer " + i)).isVisible();
            expected.addAll(List.of("agent " + i, "customer " + i));
        }
        assertThat(desktop.chat().bubbles()).hasText(expected.toArray(String[]::new));
        assertThat(customer.chat().bubbles()).hasText(expected.toArray(String[]::new));
    }

    @Test
    public void scriptsEmojiAndRightToLeftAreShownAsText() {
        var texts = List.of(
                "<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">",
                "👩‍💻 🏳️‍🌈 e\u0301 \uD83E\uDD37",
                "مرحبا بالعالم \u202Eabc\u202C",
                "javascript:alert(1)",
                "  two  spaces & <b>no bold</b> {{7*7}} ${1}");
        for (var text : texts) {
            customer.chat().say(text);
            assertThat(desktop.chat().message(text.strip()).last()).isVisible();
        }
        assertEquals(0, desktop.chat().log().locator("script, img, b").count());
        assertEquals("no link of a script", 0, desktop.chat().log().locator("a").count());
        assertEquals(false, desktop.page().title().contains("owned"));
    }

    @Test
    public void linksAreClickableAndLeadOut() {
        desktop.chat().say("See https://example.org/help?a=1&b=2. Or http://example.com/(x)");
        var links = customer.chat().log().locator("a");
        assertThat(links).hasCount(2);
        assertThat(links.first()).hasAttribute("href", "https://example.org/help?a=1&b=2");
        assertThat(links.first()).hasAttribute("target", "_blank");
        assertThat(links.first()).hasAttribute("rel", java.util.regex.Pattern.compile("noopener"));
    }

    @Test
    public void longTextIsTakenWholeAndTooLongOneIsRefusedByName() {
        var long4000 = "x".repeat(3_990) + " the end";
        desktop.chat().say(long4000);
        assertThat(customer.chat().message("the end")).isVisible();
        desktop.chat().field().fill("y".repeat(64 * 1024));
        assertThat(desktop.text("characters too many")).isVisible();
        assertThat(desktop.button("Send")).isDisabled();
    }

    @Test
    public void reloadKeepsTheConversationAndWhatWasTyped() {
        desktop.chat().say("before the reload");
        assertThat(customer.chat().message("before the reload")).isVisible();
        customer.chat().field().fill("half a sen");
        customer.page().reload();
        assertThat(customer.chat().message("before the reload")).isVisible();
        assertThat(customer.chat().field()).hasValue("half a sen");
        customer.chat().say("half a sentence more");
        assertThat(desktop.chat().message("half a sentence more")).isVisible();
    }

    @Test
    public void unreadMessagesAreCountedOnTheTab() {
        desktop.tab("Participants").click();
        customer.chat().say("one");
        customer.chat().say("two");
        assertThat(desktop.tab("Chat")).containsText("2");
        desktop.showChat();
        assertThat(desktop.chat().message("two")).isVisible();
        assertThat(desktop.tab("Chat")).not().containsText("2");
    }

    @Test
    public void linkIsSentIntoTheCustomersChatInOneClick() {
        var chat = Site.create(Running.karaf());
        var arrived = chat.chat();
        var agent = Desktop.open(scene.agent(chat), chat, "Marie Dupont").start();
        agent.button("Send link into the chat").click();
        assertThat(agent.text("The link is in the chat.")).isVisible();

        var visitor = scene.customer();
        var page = visitor.open(chat.karaf().uri() + arrived.visitor());
        var link = page.locator("a[href*='/j/']");
        assertThat(link).hasAttribute("href", chat.karaf().uri() + "/j/" + chat.name() + "/" + agent.pinDigits());
        var opened = page.waitForPopup(link::click);
        new Customer(visitor, opened).enter("Marie");
        assertThat(agent.statusLine()).isVisible();
    }

    @Test
    public void namesOfBothSidesStandByTheirMessages() {
        desktop.chat().say("hello");
        assertThat(customer.chat().log()).containsText("Anna Bell");
        customer.chat().say("hi");
        assertThat(desktop.chat().log()).containsText(Customer.NAME);
        assertEquals(
                201,
                site.anna()
                        .api()
                        .post("/chat/" + customer.session(), Map.of("text", "by REST"))
                        .status());
        assertThat(customer.chat().message("by REST")).isVisible();
    }
}
