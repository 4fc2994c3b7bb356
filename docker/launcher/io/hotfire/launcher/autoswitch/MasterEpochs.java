package io.hotfire.launcher.autoswitch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.remoting.protocol.EpochEntry;
import org.apache.rocketmq.store.ha.HAConnectionState;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAConnection;

/** The answer to a slave's handshake, as AutoSwitchHAConnection.buildHandshakeBuffer writes it. */
final class MasterEpochs {
    private static final int SIZE_AT = 4;

    private MasterEpochs() {
    }

    /** The epochs of a master's log; none where the answer is not there or not whole. It is the first on its connection. */
    static List<EpochEntry> in(ByteBuffer read) {
        List<EpochEntry> epochs = new ArrayList<>();
        int body = AutoSwitchHAConnection.HANDSHAKE_HEADER_SIZE;
        if (read.position() < body || read.getInt(0) != HAConnectionState.HANDSHAKE.ordinal()) {
            return epochs;
        }
        int end = body + read.getInt(SIZE_AT);
        if (read.position() < end) {
            return epochs;
        }
        for (int at = body; at + AutoSwitchHAConnection.EPOCH_ENTRY_SIZE <= end; at += AutoSwitchHAConnection.EPOCH_ENTRY_SIZE) {
            epochs.add(new EpochEntry(read.getInt(at), read.getLong(at + Integer.BYTES)));
        }
        return epochs;
    }
}
