package dev.tandem.recording.internal.webm;

/** What stands before the pictures. */
final class Heads {
    private static final String WRITTEN_BY = "Tandem";
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int TYPE_VIDEO = 1;

    private Heads() {}

    static Elements ebml() {
        var content = new Elements()
                .unsigned(Ebml.VERSION, 1)
                .unsigned(Ebml.READ_VERSION, 1)
                .unsigned(Ebml.MAX_ID_LENGTH, 4)
                .unsigned(Ebml.MAX_SIZE_LENGTH, 8)
                .text(Ebml.DOC_TYPE, "webm")
                .unsigned(Ebml.DOC_TYPE_VERSION, 4)
                .unsigned(Ebml.DOC_TYPE_READ_VERSION, 2);
        return new Elements().master(Ebml.HEAD, content);
    }

    /** Of a file that is being written: how long it will be nobody knows. */
    static Elements info() {
        return new Elements().master(Ebml.INFO, infoContent());
    }

    static Elements info(long millis) {
        return new Elements().master(Ebml.INFO, infoContent().real(Ebml.DURATION, millis));
    }

    private static Elements infoContent() {
        return new Elements()
                .unsigned(Ebml.TIMESTAMP_SCALE, NANOS_PER_MILLI)
                .text(Ebml.MUXING_APP, WRITTEN_BY)
                .text(Ebml.WRITING_APP, WRITTEN_BY);
    }

    static Elements tracks(int width, int height) {
        var video = new Elements().unsigned(Ebml.PIXEL_WIDTH, width).unsigned(Ebml.PIXEL_HEIGHT, height);
        var entry = new Elements()
                .unsigned(Ebml.TRACK_NUMBER, Ebml.TRACK)
                .unsigned(Ebml.TRACK_UID, Ebml.TRACK)
                .unsigned(Ebml.TRACK_TYPE, TYPE_VIDEO)
                .unsigned(Ebml.LACING, 0)
                .text(Ebml.CODEC_ID, "V_VP8")
                .master(Ebml.VIDEO, video);
        return new Elements().master(Ebml.TRACKS, new Elements().master(Ebml.TRACK_ENTRY, entry));
    }
}
