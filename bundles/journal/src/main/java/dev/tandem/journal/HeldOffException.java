package dev.tandem.journal;

/**
 * Nothing can be written for a while, because the database is being moved. Thrown by {@link Database#write}, which has then
 * done nothing; commands are refused with the same words. Reading goes on.
 */
public final class HeldOffException extends RuntimeException {
    private final transient Refusal refusal;

    /** Writers are held off for that reason. Carries no stack trace, since it is an answer and no failure. */
    public HeldOffException(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    /** What the caller is told, of reason BUSY. */
    public Refusal refusal() {
        return refusal;
    }
}
