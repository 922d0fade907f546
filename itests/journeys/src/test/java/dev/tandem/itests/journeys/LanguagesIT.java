package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.Rule;
import org.junit.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The UI speaks the browser's language, for agent and customer alike, and another one if told so. */
public class LanguagesIT {
    /** The agreed terms, as they stand in the acceptance list. */
    private enum Language {
        EN("en-GB", "en", "Leave session", "Invite", "Join"),
        FR("fr-FR", "fr", "Quitter la session", "Inviter", "Rejoindre"),
        IT("it-IT", "it", "Abbandona sessione", "Invita", "Partecipa"),
        NL("nl-NL", "nl", "Sessie verlaten", "Uitnodigen", "Deelnemen");

        final String locale;
        final String tag;
        final String leave;
        final String invite;
        final String join;

        Language(String locale, String tag, String leave, String invite, String join) {
            this.locale = locale;
            this.tag = tag;
            this.leave = leave;
            this.invite = invite;
            this.join = join;
        }
    }

    private static final Pattern WORDS = Pattern.compile("[A-Za-zÀ-ÿ’']{3,}( [A-Za-zÀ-ÿ’']+)*");

    /** Names, languages' own names, words that are the same in several languages. */
    private static final Set<String> NAMES = Set.of(
            "Administration",
            "Tandem",
            "Anna Bell",
            "Marie Dupont",
            "Northwind Support",
            "Northwind",
            "PIN",
            "Chat",
            "English",
            "Français",
            "Italiano",
            "Nederlands",
            "Participants",
            "Session",
            "Agents",
            "Start",
            "Alt",
            "Client URL",
            "URL",
            "http",
            "AVAILABLE");

    @Rule
    public final Scene scene = new Scene();

    @Test
    public void W1_agentsTabSpeaksTheBrowsersLanguage() {
        var english = Set.<String>of();
        for (var language : Language.values()) {
            var site = Site.create(Running.karaf());
            var call = site.call();
            var session = site.anna()
                    .api()
                    .post("/sessions", java.util.Map.of("interaction", call.interaction()))
                    .ok();
            scene.stays(site.anna().api(), session.get("id").asText());
            var agent = scene.agent(site, site.anna(), language.locale);
            var page = signedIn(agent, site);
            page.getByText("Marie Dupont").first().click();
            page.locator(".actions button").first().click();
            assertThat(page.getByText(language.leave).first()).isVisible();
            assertThat(page.getByText(language.invite).first()).isVisible();
            assertThat(page.locator("html")).hasAttribute("lang", language.tag);
            english = compare(language, english, page, site);
        }
    }

    @Test
    public void W1_customersPageSpeaksTheBrowsersLanguage() {
        var site = Site.create(Running.karaf());
        var english = Set.<String>of();
        for (var language : Language.values()) {
            var page = scene.customer(language.locale).open(site.karaf().uri() + "/join/" + site.name());
            assertThat(page.getByText(language.join).first()).isVisible();
            english = compare(language, english, page, site);
        }
    }

    @Test
    public void W1_homePageSpeaksTheBrowsersLanguage() {
        var english = Set.<String>of();
        for (var language : Language.values()) {
            var page = scene.customer(language.locale).open(Running.karaf().uri() + "/");
            assertThat(page.getByText(language.join).first()).isVisible();
            english = compare(language, english, page, Site.main(Running.karaf()));
        }
    }

    @Test
    public void W1_languageCanBeSwitchedAndStays() {
        var site = Site.create(Running.karaf());
        var page = scene.customer("fr-FR").open(site.karaf().uri() + "/join/" + site.name());
        assertThat(page.getByText("Rejoindre").first()).isVisible();
        for (var language : List.of(Language.NL, Language.IT, Language.EN)) {
            page.locator("tandem-language-menu select, [id^=tandem-language] select, select")
                    .first()
                    .selectOption(language.tag);
            assertThat(page.getByText(language.join).first()).isVisible();
            assertThat(page.locator("html")).hasAttribute("lang", language.tag);
        }
        page.reload();
        assertThat(page.getByText("Join").first()).isVisible();
    }

    @Test
    public void W1_agentSwitchesTheLanguageInMidSession() {
        var site = Site.create(Running.karaf());
        var desktop = Desktop.supporting(scene.agent(site), site);
        var pin = desktop.pinDigits();
        desktop.page()
                .getByRole(AriaRole.BANNER)
                .getByRole(AriaRole.BUTTON)
                .last()
                .click();
        desktop.page().getByText("Italiano").click();
        assertThat(desktop.page().locator("html")).hasAttribute("lang", "it");
        assertThat(desktop.page().getByText(Language.IT.leave).first()).isVisible();
        assertEquals(pin, desktop.pinDigits());
    }

    @Test
    public void W1_languageThatIsNotSpokenFallsBackToEnglish() {
        var page = scene.customer("ja-JP").open(Running.karaf().uri() + "/join");
        assertThat(page.getByText("Join").first()).isVisible();
    }

    private Page signedIn(Person agent, Site site) {
        var page = agent.open(site.karaf().uri() + "/desktop");
        page.locator("input").first().fill(agent.signIn().user());
        page.locator("input[type=password]").fill(agent.signIn().password());
        page.locator("input[type=password]").press("Enter");
        return page;
    }

    /** What a reader of another language should not find: the very words of the English page. */
    private static Set<String> compare(Language language, Set<String> english, Page page, Site site) {
        var phrases = phrases(page, site);
        if (language == Language.EN) {
            assertEquals("the English page has words", false, phrases.isEmpty());
            return phrases;
        }
        phrases.retainAll(english);
        assertEquals("English left in the " + language + " page", Set.of(), phrases);
        return english;
    }

    private static Set<String> phrases(Page page, Site site) {
        var phrases = new TreeSet<String>();
        for (var line : page.locator("body").ariaSnapshot().lines().toList()) {
            // A line reads: - role "name" [state]: text
            var texts = Arrays.stream(
                            line.replaceAll("^\\s*-\\s*(/url:.*|[a-z]+)", "").split("[\":\\[\\]·]"))
                    .toList();
            for (var text : texts) {
                var bare = text.strip();
                if (WORDS.matcher(bare).matches()
                        && !NAMES.contains(bare)
                        && !bare.equals(site.name())
                        && !line.matches(".*\\[[^]]*\\b" + Pattern.quote(bare) + "\\b[^]]*].*")) {
                    phrases.add(bare);
                }
            }
        }
        return phrases;
    }
}
