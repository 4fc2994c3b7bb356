package io.hotfire.launcher.autoswitch;

import org.apache.rocketmq.remoting.protocol.EpochEntry;
import org.apache.rocketmq.store.ha.autoswitch.EpochFileCache;

/**
 * The epochs of a master's log: who wrote which part of it. A slave that comes back cuts what it has behind the newest epoch that both name with the
 * same begin (EpochFileCache.findConsistentPoint), so a label has to say of one part of one master's log that it is that.
 *
 * An epoch without a message labels nothing, and EpochFileCache.appendEntry (106) refuses another with the same begin behind it: the next master's
 * messages were labelled with its predecessor's epoch, whose own ones then counted as the same. Here it goes when the next begins.
 *
 * A master that is restarted in its epoch has not begun another part: AutoSwitchHAService.changeToMaster (146) enters the epoch again at the end of the log,
 * and every slave is cut to the begin that only its own file still names, again at each lost connection. Here it began where it began. That
 * holds for a log that has all that was written to it: after a loss of power its end may be gone, and slaves have another continuation than the
 * one that is written now, under the same label. Then RocketMQ's way is right.
 */
final class EpochLabels {
    private EpochLabels() {
    }

    /** This broker writes from {@code end} on as the master of {@code epoch}. */
    static void enter(EpochFileCache epochs, int epoch, long end, boolean isLogWhole) {
        EpochEntry before = epochs.getEntry(epoch);
        if (before != null && isLogWhole && before.getStartOffset() <= end) {
            return;
        }
        epochs.truncateSuffixByEpoch(epoch);
        epochs.truncateSuffixByOffset(end);
        epochs.appendEntry(new EpochEntry(epoch, end));
    }
}
