package dev.tandem.outbox.internal;

import java.util.Date;

import org.eclipse.angus.mail.handlers.multipart_mixed;
import org.eclipse.angus.mail.handlers.text_plain;

import jakarta.activation.CommandInfo;
import jakarta.activation.CommandMap;
import jakarta.activation.DataContentHandler;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/**
 * Puts a letter into the form of a mail: the same words as text and as HTML. Headers are encoded by the library (RFC 2047);
 * a line break in one is refused long before.
 */
final class Mime {
    private static final String UTF_8 = "UTF-8";

    /**
     * Who writes which type. Said here, since what is looked up by class loaders and configuration files is found in one
     * container and not in the next.
     */
    private static final class Writers extends CommandMap {
        @Override
        public DataContentHandler createDataContentHandler(String type) {
            return type.startsWith("multipart/") ? new multipart_mixed() : new text_plain();
        }

        @Override
        public CommandInfo[] getPreferredCommands(String type) {
            return new CommandInfo[0];
        }

        @Override
        public CommandInfo[] getAllCommands(String type) {
            return new CommandInfo[0];
        }

        @Override
        public CommandInfo getCommand(String type, String command) {
            throw new UnsupportedOperationException("nobody looks at our own mail");
        }
    }

    /** A mail whose id is its own, and not one for each attempt. */
    private static final class Kept extends MimeMessage {
        private final String id;

        Kept(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    private final CommandMap writers = new Writers();

    MimeMessage write(Session session, InternetAddress from, Letter letter) throws MessagingException {
        var alternatives = new MimeMultipart("alternative");
        alternatives.addBodyPart(part(letter.text(), "text/plain; charset=" + UTF_8));
        alternatives.addBodyPart(part(letter.html(), "text/html; charset=" + UTF_8));
        var mail = new Kept(session, letter.messageId());
        mail.setFrom(from);
        mail.setRecipient(RecipientType.TO, new InternetAddress(letter.to(), true));
        mail.setSubject(letter.subject(), UTF_8);
        mail.setSentDate(Date.from(letter.date()));
        mail.setHeader("Content-Language", letter.language());
        // No out-of-office note answers a machine (RFC 3834).
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        mail.setDataHandler(handler(alternatives, alternatives.getContentType()));
        mail.saveChanges();
        return mail;
    }

    private MimeBodyPart part(String words, String type) throws MessagingException {
        var part = new MimeBodyPart();
        part.setDataHandler(handler(words, type));
        return part;
    }

    private DataHandler handler(Object content, String type) {
        var handler = new DataHandler(content, type);
        handler.setCommandMap(writers);
        return handler;
    }
}
