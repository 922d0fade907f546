package dev.tandem.journal.internal.move;

import java.util.regex.Pattern;

import dev.tandem.journal.internal.Unable;

/** The database of PostgreSQL to move to. */
public record Target(String url, String user, String password) {
    private static final Pattern SECRET = Pattern.compile("[?&](password|user)=", Pattern.CASE_INSENSITIVE);

    public Target {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new Unable("The URL must be of form jdbc:postgresql://db.example:5432/tandem, not " + url + ".");
        }
        if (SECRET.matcher(url).find()) {
            throw new Unable("User and password do not belong into the URL, which is shown and logged;"
                    + " give --user, and the password when you are asked for it.");
        }
        DataSourceFile.escaped(url);
        DataSourceFile.escaped(user);
        DataSourceFile.escaped(password);
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
