package io.hotfire.launcher.drill;

/**
 * Bodies that follow from a message's number alone, so that what is read back can be told from any other message: the same bytes
 * as packages/drill/src/workload/message.ts makes: the judge of every drill with this client compares their checksums.
 */
final class DrillBody {
    private static final int PATTERN_BYTES = 65_536;
    private static final int STRIDE = 7919;
    private static final int NUMBER_BYTES = 6;
    private static final byte[] PATTERN = makePattern();

    private DrillBody() {
    }

    static byte[] of(int sequence, int bytes) {
        byte[] body = new byte[bytes];
        int from = (int) ((long) sequence * STRIDE % PATTERN_BYTES);
        for (int at = 0; at < bytes; from = 0) {
            int length = Math.min(PATTERN_BYTES - from, bytes - at);
            System.arraycopy(PATTERN, from, body, at, length);
            at += length;
        }
        if (bytes >= NUMBER_BYTES) {
            for (int at = 0; at < NUMBER_BYTES; at++) {
                body[at] = (byte) ((long) sequence >>> 8 * (NUMBER_BYTES - 1 - at));
            }
        } else if (bytes > 0) {
            body[0] = (byte) sequence;
        }
        return body;
    }

    private static byte[] makePattern() {
        byte[] bytes = new byte[PATTERN_BYTES];
        int state = 0x9e3779b9;
        for (int at = 0; at < PATTERN_BYTES; at++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            bytes[at] = (byte) state;
        }
        return bytes;
    }
}
