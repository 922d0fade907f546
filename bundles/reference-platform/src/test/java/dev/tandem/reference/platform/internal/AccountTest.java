package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Optional;

import org.junit.Test;

import dev.tandem.platform.SiteId;

public class AccountTest {
    private static final SiteId ACME = new SiteId("acme");

    @Test
    public void namesBecomeUserNames() {
        assertEquals("anna.bell", user("Anna Bell", Rig.MAIN));
        assertEquals("jose.nunez@acme", user("José Núñez", ACME));
        assertEquals("d.artagnan", user("  D’Artagnan! ", Rig.MAIN));
        assertEquals(Optional.empty(), Account.named("东京", Rig.MAIN, Rig.MAIN).map(Account::user));
    }

    @Test
    public void userNamesBecomeLikelyNames() {
        assertEquals(
                "Anna Bell",
                Account.of("anna.bell@acme", Rig.MAIN).orElseThrow().likelyName());
        assertEquals("Karaf", Account.of("karaf", Rig.MAIN).orElseThrow().likelyName());
    }

    @Test
    public void whatCannotBeAnAgentIsNone() {
        for (var user : new String[] {"", " ", "@acme", "anna@", "anna@No", "a\nb", "x".repeat(101)}) {
            assertTrue(user, Account.of(user, Rig.MAIN).isEmpty());
        }
    }

    private static String user(String name, SiteId site) {
        return Account.named(name, site, Rig.MAIN).orElseThrow().user();
    }
}
