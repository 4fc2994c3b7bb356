/**
 * The largest `maxMessageSize` of a DLedger group, in bytes. A leader sends an entry to its followers in base64 within JSON, so it takes four
 * bytes for three, and Netty refuses a frame above 16 MiB (`com.rocketmq.remoting.frameMaxLength`): 12 MiB at most, less the message's header
 * and properties. A larger one would be in the leader's log and on no follower, and nothing behind it would ever be committed.
 */
export const largestDledgerMessage = 11 * 1024 * 1024;
