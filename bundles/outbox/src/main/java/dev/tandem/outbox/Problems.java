package dev.tandem.outbox;

/** Why a message is not sent: permanent words for programs and for translation. */
public final class Problems {
    /** The server says that there is no such mailbox, or takes nothing for it. Final. */
    public static final String ADDRESS_REFUSED = "address-refused";

    /** The server takes nothing from our own address. Final. */
    public static final String SENDER_REFUSED = "sender-refused";

    /** The server does not take this mail. Final. */
    public static final String REFUSED = "refused";

    /** The address or the words have been erased. Final. */
    public static final String ERASED = "erased";

    /** It could not be put into the form of a mail. Final. */
    public static final String NOT_WRITABLE = "not-writable";

    /** The server has asked to come back later. */
    public static final String SERVER_BUSY = "server-busy";

    /** The server did not answer in time. */
    public static final String SERVER_SLOW = "server-slow";

    /** There is no way to the server, or the line broke before the mail was handed over. */
    public static final String UNREACHABLE = "unreachable";

    /** The server does not take our user and password. */
    public static final String SIGN_IN_REFUSED = "sign-in-refused";

    /** The server does not speak TLS as configured, or its certificate does not hold. */
    public static final String NO_TLS = "no-tls";

    /** No node has a mail server configured. */
    public static final String NOT_CONFIGURED = "not-configured";

    /** Nobody can know whether the server has it. */
    public static final String UNCERTAIN = "uncertain";

    private Problems() {}
}
