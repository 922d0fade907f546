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
    @Reference
    SettingBook book;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(book.keys().toList()).complete(session, line, candidates);
    }
}
