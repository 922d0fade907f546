package dev.tandem.filetransfer.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far files have left this node without a gap, by who gets them: a download that breaks off goes on by a range, and only with all
 * that is before it is the end of a file the whole file. In memory, of the latest few thousand.
 */
final class Sent {
    private static final int MOST = 5_000;

    private record Way(String caller, String file) {}

    private final Map<Way, Long> reached = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Way, Long> eldest) {
            return size() > MOST;
        }
    };

    /** Bytes from one to before another have left. */
    synchronized void sent(String caller, String file, long from, long to) {
        var way = new Way(caller, file);
        long before = reached.getOrDefault(way, 0L);
        if (from <= before) {
            reached.put(way, Math.max(before, to));
        }
    }

    /** Whether all before that byte has left. */
    synchronized boolean all(String caller, String file, long to) {
        return to <= reached.getOrDefault(new Way(caller, file), 0L);
    }

    /** Whether nothing has left from here: it may have from another node, or before a restart. */
    synchronized boolean none(String caller, String file) {
        return !reached.containsKey(new Way(caller, file));
    }
}
