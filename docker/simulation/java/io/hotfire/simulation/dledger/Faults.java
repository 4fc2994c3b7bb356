package io.hotfire.simulation.dledger;

import io.hotfire.simulation.net.Network;
import io.hotfire.simulation.plan.Fault;
import io.hotfire.simulation.world.Node;
import io.hotfire.simulation.world.World;
import io.openmessaging.storage.dledger.protocol.LeadershipTransferRequest;
import java.util.List;

/** Does to a group what a schedule says, and undoes it. */
final class Faults {
    private static final long RESTART_MS = 150;
    private static final long LOOK_MS = 5;

    private final World world;
    private final Network network;
    private final List<Member> members;
    private final Foreigner foreigner;
    private long swingsUntil;
    private long leadsForMs;
    private long votersUntil;
    private boolean isHealed;

    Faults(World world, Network network, List<Member> members, Checks checks) {
        this.world = world;
        this.network = network;
        this.members = members;
        this.foreigner = new Foreigner(world, network, checks);
    }

    void plan(List<Fault> faults) {
        long begin = world.now();
        faults.forEach(fault -> world.at(begin + fault.atMs() * 1_000_000, null, () -> inject(fault)));
    }

    private void inject(Fault fault) {
        Member member = fault.node() == Fault.LEADER ? leader() : members.get(fault.node());
        if (member == null || !member.node().isUp()) {
            return;
        }
        Node node = member.node();
        switch (fault.kind()) {
            case KILL -> {
                node.kill("is killed");
                restart(member, fault.forMs());
            }
            case KILL_AT_FILE -> {
                tell(node + " will be killed at its file operation " + fault.measure() + " from now");
                node.disk().killIn(fault.measure());
                killedAtFile(member, fault.forMs() / 8);
            }
            case EMPTY_DISK -> {
                if (!members.stream().allMatch(Member::isWhole)) {
                    // What is claimed is one lost disk at a time.
                    return;
                }
                node.kill("is killed, and its disk is lost");
                member.loses();
                restart(member, fault.forMs());
            }
            case FREEZE -> {
                tell(node + " is frozen for " + fault.forMs() + " ms");
                node.freeze(fault.forMs());
            }
            case CUT_OFF, IMPATIENCE -> {
                tell(node + " is cut off for " + fault.forMs() + " ms");
                members.forEach(other -> cutBoth(node, other.node()));
                later(fault.forMs(), this::heal);
            }
            case PARTITION -> partition(fault);
            case LOSS -> {
                tell(fault.measure() / 10.0 + " % of all messages are lost, others late, for " + fault.forMs() + " ms");
                network.lose((int) fault.measure());
                later(fault.forMs(), this::heal);
            }
            case CLOCK -> {
                tell(node + "'s clock is set " + fault.measure() + " ms on");
                node.stepClock(fault.measure());
            }
            case SLOW_DISK -> {
                tell(node + "'s disk needs " + fault.measure() + " ms for each operation, for " + fault.forMs() + " ms");
                node.disk().setSlow(fault.measure());
                later(fault.forMs(), () -> node.disk().setSlow(0));
            }
            case FULL_DISK -> fullDisk(member, fault);
            case SWING -> {
                tell("for " + fault.forMs() + " ms each new leader is cut off");
                swingsUntil = world.now() + fault.forMs() * 1_000_000;
                leadsForMs = fault.measure();
                later(fault.forMs(), this::heal);
                isolate(member);
            }
            case VOTER_KILL -> {
                tell("for " + fault.forMs() + " ms each voter is killed as soon as it has voted, and its candidate cut off");
                votersUntil = world.now() + fault.forMs() * 1_000_000;
                later(fault.forMs(), this::heal);
                // It still leads when it hears of the new term, from the voter that is back, and asks for its vote in that very term.
                tell(node + " is cut off until then");
                members.forEach(other -> cutBoth(node, other.node()));
            }
            case HAND_OVER -> handOver(member);
            case FOREIGN -> foreigner.asks(member, (int) fault.measure());
        }
    }

    private void killedAtFile(Member member, long downMs) {
        later(LOOK_MS, () -> {
            if (member.node().isUp()) {
                killedAtFile(member, downMs);
            } else {
                restart(member, downMs);
            }
        });
    }

    private void fullDisk(Member member, Fault fault) {
        Node node = member.node();
        tell(node + "'s disk is full for " + fault.forMs() + " ms, then it is restarted");
        node.disk().setFull(true);
        later(fault.forMs(), () -> {
            node.disk().setFull(false);
            node.kill("is restarted");
            restart(member, RESTART_MS);
        });
    }

    /** While leaders swing, one that has just been elected goes, and two others, one of them the one that went before, are left with each other. */
    void onLeader(Member leader) {
        if (world.now() < swingsUntil) {
            later(world.random().nextInt(1 + (int) leadsForMs), () -> isolate(leader));
        }
    }

    /** Called where the candidate has just heard of the vote. */
    void onVote(int voter, int candidate) {
        if (world.now() < votersUntil) {
            later(0, () -> {
                Member gone = members.get(voter);
                network.heal();
                members.forEach(other -> cutBoth(members.get(candidate).node(), other.node()));
                gone.node().kill("is killed after its vote, n" + candidate + " is cut off");
                restart(gone, 5 + world.random().nextInt(60));
            });
        }
    }

    private void isolate(Member leader) {
        if (world.now() >= swingsUntil) {
            return;
        }
        List<Member> others = members.stream().filter(other -> other != leader).toList();
        tell(leader + " is cut off, " + others + " hear each other");
        network.heal();
        others.forEach(other -> cutBoth(leader.node(), other.node()));
        if (world.random().nextInt(5) == 0) {
            Member gone = others.get(world.random().nextInt(others.size()));
            members.forEach(other -> cutBoth(gone.node(), other.node()));
            tell(gone + " is cut off too");
            later(20 + world.random().nextInt(150), () -> isolate(leader));
        }
    }

    private void partition(Fault fault) {
        StringBuilder said = new StringBuilder();
        long bits = fault.measure();
        for (Member one : members) {
            for (Member other : members) {
                boolean isApart = (bits >> one.node().id() & 1) != (bits >> other.node().id() & 1);
                boolean isDeaf = (bits >> 8 + one.node().id() * 5 + other.node().id() & 3) != 0;
                if (isApart && isDeaf) {
                    network.cut(one.node().id(), other.node().id());
                    said.append(said.isEmpty() ? "" : ", ").append(other).append(" does not hear ").append(one);
                }
            }
        }
        tell("for " + fault.forMs() + " ms " + said);
        later(fault.forMs(), this::heal);
    }

    private void handOver(Member member) {
        Member next = members.get(world.random().nextInt(members.size()));
        if (!member.leads() || next == member) {
            return;
        }
        tell(member + " is asked to hand over to " + next);
        LeadershipTransferRequest request = new LeadershipTransferRequest();
        request.setGroup("broker-a");
        request.setRemoteId(member.toString());
        request.setTransferId(member.toString());
        request.setTransfereeId(next.toString());
        request.setTerm(member.state().currTerm());
        world.as(member.node(), () -> {
            try {
                member.server().handleLeadershipTransfer(request);
            } catch (Exception e) {
                tell(member + " does not hand over: " + e);
            }
        });
    }

    private void cutBoth(Node one, Node other) {
        network.cut(one.id(), other.id());
        network.cut(other.id(), one.id());
    }

    private void heal() {
        tell("links are healed");
        network.heal();
    }

    void healAll() {
        isHealed = true;
        swingsUntil = 0;
        votersUntil = 0;
        heal();
        for (Member member : members) {
            Node node = member.node();
            node.disk().killIn(0);
            node.disk().setFull(false);
            node.disk().setSlow(0);
            node.thaw();
            node.setClock();
            startAgain(member);
        }
    }

    private void restart(Member member, long afterMs) {
        later(afterMs, () -> startAgain(member));
    }

    private void startAgain(Member member) {
        if (!member.node().isUp()) {
            member.start();
        }
    }

    private Member leader() {
        return members.stream().filter(Member::leads).findFirst().orElse(members.get(world.random().nextInt(members.size())));
    }

    /** Not any more once all is healed: nothing happens to the group after that. */
    private void later(long millis, Runnable action) {
        world.after(millis, null, () -> {
            if (!isHealed) {
                action.run();
            }
        });
    }

    private void tell(String what) {
        world.story().tell("-- " + what);
    }
}
