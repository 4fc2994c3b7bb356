/**
 * @module-tag full
 * As on DLedger, which is in the quick tier: brokers learn of their master in another way.
 */
import { sharedClusterTest } from "../support/cluster-test.ts";
import { describeNewTopic } from "../support/new-topic-suite.ts";

describeNewTopic(sharedClusterTest("controller"), 3);
