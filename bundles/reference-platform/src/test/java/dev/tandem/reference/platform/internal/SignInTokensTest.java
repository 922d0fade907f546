package dev.tandem.reference.platform.internal;

import static org.junit.Assert.assertEquals;

import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

import org.junit.Test;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.tandem.platform.AgentId;

public class SignInTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ID = "0193a7b2-0000-7000-8000-000000000001";

    private final SignInTokens tokens = new SignInTokens(Rig.key("platform.sign-in"));
    private final SignInTokens.Token token =
            new SignInTokens.Token(ID, Rig.MAIN, new AgentId("anna.bell"), NOW.plusSeconds(60));

    @Test
    public void whatWasSignedIsRead() {
        assertEquals(Optional.of(token), tokens.read(tokens.sign(token), NOW));
    }

    @Test
    public void aTokenEndsAtItsTime() {
        var text = tokens.sign(token);
        assertEquals(Optional.of(token), tokens.read(text, NOW.plusSeconds(59)));
        assertEquals(Optional.empty(), tokens.read(text, NOW.plusSeconds(60)));
    }

    @Test
    public void anotherKeysTokenIsNone() {
        assertEquals(Optional.empty(), tokens.read(new SignInTokens(Rig.key("other")).sign(token), NOW));
    }

    @Test
    public void everyChangedCharacterSpoilsIt() {
        var text = tokens.sign(token);
        // The last character of a part carries spare bits that a decoder may ignore, so it is left out.
        for (int i = 0; i < text.length() - 1; i++) {
            var changed = new StringBuilder(text);
            changed.setCharAt(i, text.charAt(i) == 'A' ? 'B' : 'A');
            var read = tokens.read(changed.toString(), NOW);
            assertEquals("character " + i, Optional.empty(), read);
        }
    }

    @Test
    public void anUnsignedTokenIsNone() {
        var parts = tokens.sign(token).split("\\.");
        var none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
        assertEquals(Optional.empty(), tokens.read(none + "." + parts[1] + ".", NOW));
    }

    @Test
    public void aTokenOfOurKeyForAnotherUseIsNone() throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .jwtID(ID)
                        .claim("site", "main")
                        .subject("anna.bell")
                        .expirationTime(Date.from(token.until()))
                        .build());
        jwt.sign(new MACSigner(Rig.key("platform.sign-in")));
        assertEquals(Optional.empty(), tokens.read(jwt.serialize(), NOW));
    }

    @Test
    public void rubbishIsNone() {
        for (var rubbish : new String[] {"", ".", "..", "a.b.c", "\u0000", "x".repeat(5000)}) {
            assertEquals(Optional.empty(), tokens.read(rubbish, NOW));
        }
    }
}
