package dev.tandem.reference.platform.internal;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/** Signs and reads the tokens that stand for a sign-in: JWTs with HMAC-SHA-256 and our own type. */
final class SignInTokens {
    /** Keeps tokens made with the same key for another purpose out. */
    private static final JOSEObjectType TYPE = new JOSEObjectType("tandem-sign-in+jwt");

    private static final String SITE = "site";

    private final byte[] key;

    SignInTokens(byte[] key) {
        this.key = key.clone();
    }

    /** What a token says: which sign-in, of whom, until when. */
    record Token(String id, SiteId site, AgentId agent, Instant until) {}

    String sign(Token token) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(),
                    new JWTClaimsSet.Builder()
                            .jwtID(token.id())
                            .claim(SITE, token.site().value())
                            .subject(token.agent().value())
                            .expirationTime(Date.from(token.until()))
                            .build());
            jwt.sign(new MACSigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }

    /** What a token says, if it is ours, untouched and its time is not up. */
    Optional<Token> read(String text, Instant now) {
        try {
            var jwt = SignedJWT.parse(text);
            var header = jwt.getHeader();
            if (!header.getAlgorithm().equals(JWSAlgorithm.HS256)
                    || !TYPE.equals(header.getType())
                    || !jwt.verify(new MACVerifier(key))) {
                return Optional.empty();
            }
            var claims = jwt.getJWTClaimsSet();
            var token = new Token(
                    UUID.fromString(claims.getJWTID()).toString(),
                    new SiteId(claims.getStringClaim(SITE)),
                    new AgentId(claims.getSubject()),
                    claims.getExpirationTime().toInstant());
            return token.until().isAfter(now) ? Optional.of(token) : Optional.empty();
        } catch (ParseException | JOSEException | RuntimeException notOurs) {
            return Optional.empty();
        }
    }
}
