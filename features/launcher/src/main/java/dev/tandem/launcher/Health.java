package dev.tandem.launcher;

import java.io.IOException;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks a server over TLS whether it is healthy. It must show the very certificate it was given, whatever its name. */
final class Health {
    private static final int PATIENCE_MILLIS = 5_000;

    private final SSLContext context;

    Health(X509Certificate expected) throws GeneralSecurityException {
        context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Only(expected)}, new SecureRandom());
    }

    /** @return whether it became healthy in that time */
    boolean await(URL url, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < end) {
            if (isUp(url)) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }

    boolean isUp(URL url) {
        try {
            var connection = (HttpsURLConnection) url.openConnection();
            connection.setSSLSocketFactory(context.getSocketFactory());
            connection.setHostnameVerifier((host, session) -> true);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try {
                return connection.getResponseCode() == HttpsURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    private record Only(X509Certificate expected) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            if (chain.length == 0 || !chain[0].equals(expected)) {
                throw new CertificateException("another certificate");
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
