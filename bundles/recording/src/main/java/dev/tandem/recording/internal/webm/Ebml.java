package dev.tandem.recording.internal.webm;

/** The elements of Matroska that we write, by their ids as they stand in the file. */
final class Ebml {
    static final int HEAD = 0x1A45DFA3;
    static final int VERSION = 0x4286;
    static final int READ_VERSION = 0x42F7;
    static final int MAX_ID_LENGTH = 0x42F2;
    static final int MAX_SIZE_LENGTH = 0x42F3;
    static final int DOC_TYPE = 0x4282;
    static final int DOC_TYPE_VERSION = 0x4287;
    static final int DOC_TYPE_READ_VERSION = 0x4285;

    static final int SEGMENT = 0x18538067;
    static final int SEEK_HEAD = 0x114D9B74;
    static final int SEEK = 0x4DBB;
    static final int SEEK_ID = 0x53AB;
    static final int SEEK_POSITION = 0x53AC;
    static final int INFO = 0x1549A966;
    static final int TIMESTAMP_SCALE = 0x2AD7B1;
    static final int DURATION = 0x4489;
    static final int MUXING_APP = 0x4D80;
    static final int WRITING_APP = 0x5741;

    static final int TRACKS = 0x1654AE6B;
    static final int TRACK_ENTRY = 0xAE;
    static final int TRACK_NUMBER = 0xD7;
    static final int TRACK_UID = 0x73C5;
    static final int TRACK_TYPE = 0x83;
    static final int LACING = 0x9C;
    static final int CODEC_ID = 0x86;
    static final int VIDEO = 0xE0;
    static final int PIXEL_WIDTH = 0xB0;
    static final int PIXEL_HEIGHT = 0xBA;

    static final int CLUSTER = 0x1F43B675;
    static final int TIMESTAMP = 0xE7;
    static final int SIMPLE_BLOCK = 0xA3;
    static final int BLOCK_GROUP = 0xA0;
    static final int BLOCK = 0xA1;
    static final int BLOCK_DURATION = 0x9B;
    static final int REFERENCE_BLOCK = 0xFB;

    static final int CUES = 0x1C53BB6B;
    static final int CUE_POINT = 0xBB;
    static final int CUE_TIME = 0xB3;
    static final int CUE_TRACK_POSITIONS = 0xB7;
    static final int CUE_TRACK = 0xF7;
    static final int CUE_CLUSTER_POSITION = 0xF1;

    /** Our one track. */
    static final int TRACK = 1;

    /** A size that is not known: to the end of the file. */
    static final long UNKNOWN = (1L << 56) - 1;

    /** Before a block's payload: the track, two bytes of time, flags. */
    static final int BLOCK_HEAD = 4;

    static final int KEY_FLAG = 0x80;

    private Ebml() {}

    static int idLength(int id) {
        return 4 - Integer.numberOfLeadingZeros(id) / 8;
    }

    /** Bytes of a size in its shortest form; the longest number of each length is kept for "unknown". */
    static int sizeLength(long size) {
        int length = 1;
        while (size >= (1L << (7 * length)) - 1) {
            length++;
        }
        return length;
    }

    /** Bytes of an element with a content of that size. */
    static long whole(int id, long size) {
        return idLength(id) + sizeLength(size) + size;
    }

    static int unsignedLength(long value) {
        return Math.max(1, 8 - Long.numberOfLeadingZeros(value) / 8);
    }
}
