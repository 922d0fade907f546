package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;

import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;

public class VisitorLinksTest {
    private final VisitorLinks links = new VisitorLinks(Rig::key);
    private final InteractionId id = new InteractionId(UUID.randomUUID().toString());
    private final String token = links.path(new SiteId("acme"), id).substring("/visitor/".length());

    @Test
    public void aTokenOpensItsOwnChat() {
        assertEquals(Optional.of(new VisitorLinks.Visit(new SiteId("acme"), id)), links.open(token));
    }

    @Test
    public void aChangedTokenOpensNothing() {
        assertEquals(Optional.empty(), links.open(token.replace("acme.", "main.")));
        assertEquals(Optional.empty(), links.open(token.substring(0, token.length() - 2)));
        for (int i = "acme.".length(); i < token.length() - 1; i++) {
            var changed = new StringBuilder(token);
            changed.setCharAt(i, token.charAt(i) == 'A' ? 'B' : 'A');
            assertEquals("character " + i, Optional.empty(), links.open(changed.toString()));
        }
        for (var rubbish : new String[] {"", ".", "acme.", ".x", "No Site.AAAA", "acme.%%%"}) {
            assertEquals(rubbish, Optional.empty(), links.open(rubbish));
        }
    }
}
