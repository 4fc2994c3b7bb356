import { isIpv4, isIpv6, isLoopback, isWildcard } from "@hotfire/base";
import { expandGroups } from "../normalise.ts";
import type { Rule } from "./check-rules.ts";

const hostName =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

export const addressRule: Rule = function* (spec) {
  if (!isIpv4(spec.bind) && !isIpv6(spec.bind)) {
    yield {
      code: "ADDRESS",
      path: ["bind"],
      message: `${JSON.stringify(spec.bind)} is not an IP address`,
      hint: "127.0.0.1 is this machine only, 0.0.0.0 every network it is on.",
    };
  }
  if (spec.console !== false) {
    const { user, passwordHash } = spec.console;
    if ((user === undefined) !== (passwordHash === undefined)) {
      yield {
        code: "VALUE_INVALID",
        path: ["console"],
        message: "user and passwordHash belong together",
        hint: "hotfire console --hash-password makes a hash.",
      };
    } else if (user === undefined && !isLoopback(spec.bind)) {
      yield {
        code: "VALUE_INVALID",
        path: ["console"],
        message: `others reach ${spec.bind}, and the console would not ask who they are`,
        hint: "Give it a user and a passwordHash (hotfire console --hash-password), or leave it out: console: false.",
      };
    }
  }
  const { advertise } = spec;
  if (advertise === undefined) return;
  const path = ["advertise"];
  if (isIpv6(advertise)) {
    yield {
      code: "ADDRESS",
      path,
      message: "is an IPv6 address; RocketMQ splits host:port at the colon",
      hint: "Advertise an IPv4 address or a host name.",
    };
  } else if (!isIpv4(advertise) && (!hostName.test(advertise) || /^[\d.]+$/.test(advertise))) {
    yield {
      code: "ADDRESS",
      path,
      message: `${JSON.stringify(advertise)} is neither a host name nor an IP address`,
      hint: advertise.includes(":")
        ? "Leave out scheme and port: each broker gets a port of its own, from ports.broker on."
        : "For example 192.168.1.20 or host.docker.internal.",
    };
  } else if (isWildcard(advertise)) {
    yield {
      code: "ADDRESS",
      path,
      message: `clients cannot dial ${advertise}`,
      hint: "Advertise an address of this host; bind: 0.0.0.0 is where ports listen.",
    };
  } else if (isLoopback(advertise)) {
    const hasSlaves = expandGroups(spec).some((group) => group.replicas > 1);
    if (hasSlaves || spec.proxy !== false || spec.console !== false) {
      yield {
        code: "ADDRESS",
        path,
        message: `a container that dials ${advertise} reaches itself: ${
          hasSlaves
            ? "slaves could not copy topics and offsets from their master"
            : spec.proxy === false
              ? "the console could not reach the brokers"
              : "the proxy could not reach the brokers"
        }`,
        hint: "Use the host's address in its network, or host.docker.internal with Docker Desktop. A Linux host needs no advertise for itself.",
      };
    }
  }
};
