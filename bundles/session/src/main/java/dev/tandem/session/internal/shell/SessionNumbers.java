package dev.tandem.session.internal.shell;

import java.util.List;
import java.util.Optional;

import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

import dev.tandem.session.SupportSession;
import dev.tandem.session.internal.Overview;

/** Completes the numbers of the sessions that live. */
@Service
public final class SessionNumbers implements Completer {
    @Reference
    Overview overview;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        var numbers = overview.list(Optional.empty(), false).stream()
                .map(SupportSession::number)
                .toList();
        return new StringsCompleter(numbers).complete(session, line, candidates);
    }
}
