/**
 * @module-tag quick
 * What a user was told is made is there after a switch.
 */
import { sharedClusterTest } from "../support/cluster-test.ts";
import { describeNewTopic } from "../support/new-topic-suite.ts";

describeNewTopic(sharedClusterTest("dledger"), 1);
