package dev.tandem.web.internal.shell;

import java.util.List;

import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

import dev.tandem.web.internal.admin.SettingBook;

/** Completes the keys of settings. */
@Service
public final class SettingKeys implements Completer {
    @Reference(optional = true)
    SettingBook book;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        var keys = book == null ? List.<String>of() : book.keys().toList();
        return new StringsCompleter(keys).complete(session, line, candidates);
    }
}
