package dev.tandem.web.internal.shell;

import java.io.PrintStream;
import java.util.Optional;
import java.util.UUID;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;

import dev.tandem.journal.Setting;
import dev.tandem.platform.SiteId;
import dev.tandem.web.internal.WebConfig;
import dev.tandem.web.internal.admin.SettingBook;
import dev.tandem.web.internal.admin.SettingBook.Entry;

/** {@code tandem:settings}: looks at a site's settings and changes them, as an administrator does in the desktop. */
@Service
@Command(
        scope = "tandem",
        name = "settings",
        description = "Shows a site's settings, sets one, or puts it back to its default",
        detailedDescription = "classpath:dev/tandem/web/internal/shell/settings.txt")
public final class SettingsCommand implements Action {
    private static final String ENGLISH = "en";

    @Reference(optional = true)
    SettingBook book;

    @Reference
    WebConfig config;

    @Reference
    Session session;

    @Argument(index = 0, name = "KEY", description = "The setting, such as session.grace. Without it: all of them.")
    @Completion(SettingKeys.class)
    String key;

    @Argument(index = 1, name = "VALUE", description = "Its new value: seconds and numbers in digits, true or false.")
    String value;

    @Option(name = "--site", valueToShowInHelp = "SITE", description = "The site; the default site if not given.")
    String site;

    @Option(name = "--reset", description = "Put the setting back to its default.")
    boolean reset;

    @Override
    public Object execute() {
        Present.orSay(book);
        var of = site == null ? config.values().defaultSite() : new SiteId(site);
        if (key == null) {
            if (reset) {
                throw new IllegalArgumentException("--reset needs a KEY.");
            }
            table(of);
        } else if (value == null && !reset) {
            details(find(of));
        } else if (value != null && reset) {
            throw new IllegalArgumentException("Either a VALUE or --reset, not both.");
        } else {
            book.set(of, key, Optional.ofNullable(value), UUID.randomUUID(), Actor.of(session))
                    .orElseThrow(refusal -> new IllegalArgumentException(refusal.detail()));
            details(find(of));
        }
        return null;
    }

    private Entry find(SiteId of) {
        return book.find(of, key)
                .orElseThrow(() -> new IllegalArgumentException("There is no setting " + key + " just now."));
    }

    private void table(SiteId of) {
        var table = new ShellTable();
        table.column("Key");
        table.column("Value");
        table.column("Default");
        table.column("Takes");
        table.column("What");
        for (var entry : book.all(of)) {
            table.addRow()
                    .addContent(
                            entry.setting().key(),
                            entry.value().orElse(""),
                            entry.seed(),
                            takes(entry.setting().form()),
                            entry.texts().title().get(ENGLISH));
        }
        table.emptyTableText("No slice with settings is active.").print(out());
    }

    private void details(Entry entry) {
        var out = out();
        out.println(entry.setting().key() + " - " + entry.texts().title().get(ENGLISH));
        out.println("  " + entry.texts().help().get(ENGLISH));
        out.println("  " + entry.texts().effect().get(ENGLISH));
        out.println("  takes    " + takes(entry.setting().form()));
        out.println("  default  " + entry.seed());
        out.println("  value    " + entry.value().orElse("(the default)"));
        entry.touched()
                .ifPresent(
                        touched -> out.println("  changed  " + touched.change().at() + " by "
                                + touched.name().orElse(touched.change().actor())));
    }

    private static String takes(Setting.Form<?> form) {
        if (form instanceof Setting.Form.Seconds seconds) {
            return seconds.least().toSeconds() + " to " + seconds.most().toSeconds() + " seconds";
        }
        if (form instanceof Setting.Form.Whole whole) {
            return whole.least() + " to " + whole.most();
        }
        if (form instanceof Setting.Form.Choice choice) {
            return String.join(", ", choice.among());
        }
        if (form instanceof Setting.Form.Text text) {
            return "a text of at most " + text.longest() + " characters";
        }
        return "true, false";
    }

    private PrintStream out() {
        return session.getConsole();
    }
}
