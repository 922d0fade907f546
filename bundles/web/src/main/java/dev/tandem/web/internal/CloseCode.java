package dev.tandem.web.internal;

/** Why a socket is closed by us, as clients are told. */
public final class CloseCode {
    /** The client has said good-bye, and we answer. */
    public static final int NORMAL = 1000;

    /** The node goes down or restarts; come back. */
    public static final int RESTART = 1001;

    /** No ticket, or one that is used, too old or for something else. */
    public static final int BAD_TICKET = 4401;

    /** The slice does not want it; the reason is a problem's code. */
    public static final int REFUSED = 4403;

    /** The client does not take what is sent, or sends more than can be worked off; come back and resume. */
    public static final int TOO_SLOW = 4408;

    /** The slice behind it is not installed any more. */
    public static final int SLICE_GONE = 4410;

    /** A message was larger than allowed. */
    public static final int TOO_BIG = 4413;

    /** Another node relays that session; come with a new ticket, which names it. */
    public static final int ELSEWHERE = 4421;

    /** What was sent is not understood. */
    public static final int NOT_UNDERSTOOD = 4400;

    /** Who was behind it may have signed out, or may do more or less now; come with a new ticket. */
    public static final int ASK_AGAIN = 4401;

    private CloseCode() {}
}
