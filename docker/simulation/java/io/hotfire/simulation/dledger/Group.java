package io.hotfire.simulation.dledger;

import io.hotfire.launcher.simulated.FastMember;
import io.hotfire.simulation.net.Network;
import io.hotfire.simulation.plan.Invariant;
import io.hotfire.simulation.plan.Outcome;
import io.hotfire.simulation.plan.Plan;
import io.hotfire.simulation.plan.Profile;
import io.hotfire.simulation.plan.Simulator;
import io.hotfire.simulation.world.Node;
import io.hotfire.simulation.world.Watchers;
import io.hotfire.simulation.world.World;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.protocol.AppendEntryRequest;
import io.openmessaging.storage.dledger.protocol.AppendEntryResponse;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** One run of a DLedger group under a schedule of faults, with a client that sends to whoever believes to lead. */
public class Group implements Simulator {
    /** After healing: three patiences of stock RocketMQ, or a few elections of fast failover with what caution it learned in the faults. */
    private static final long STOCK_LEADER_MS = 30_000;
    private static final long FAST_LEADER_MS = 12_000;
    private static final long CAUGHT_UP_MS = 15_000;
    private static final long LOOK_MS = 250;
    /** A leader tells its followers what is committed once a second. */
    private static final long SETTLE_MS = 2000;

    private World world;
    private Plan plan;
    private List<Member> members;
    private Checks checks;
    private Faults faults;
    private int sent;
    private boolean isSending = true;

    @Override
    public Outcome run(Plan which, boolean withStory) {
        plan = which;
        world = new World(plan.seed(), plan.isPreemptive(), withStory);
        List<Node> nodes = new ArrayList<>();
        members = new ArrayList<>();
        checks = new Checks(world, members);
        Watchers.CURRENT[0] = checks;
        for (int i = 0; i < plan.members(); i++) {
            nodes.add(new Node(world, i));
        }
        Network network = new Network(world, nodes, checks::onAnswer);
        nodes.forEach(node -> node.onKill(() -> network.closeAll(node.id())));
        nodes.forEach(node -> members.add(new Member(node, plan.members(), plan.profile().isFast(node.id()), this::changed, this::prepare)));
        faults = new Faults(world, network, members, checks);
        checks.onVote(faults::onVote);
        members.forEach(Member::start);
        faults.plan(plan.faults());
        world.after(1, null, this::send);
        advance(plan.runMs());
        faults.healAll();
        heal();
        return new Outcome(List.copyOf(checks.findings()), checks.elections(), checks.acknowledged(), world.steps(), world.elapsedMs(), world.trace(),
            world.story().toString());
    }

    /** Between a server's making and its start: what a broker puts into it. */
    protected void prepare(Member member) {
        FastMember.install(member.server(), member.isFast(), () -> checks.found(Invariant.COMMITTED_STAYS, member + " cuts off what it counted as committed"));
    }

    /** Called as the process of one that believes to lead. */
    protected void sendTo(Member leader) {
        append(leader, ("m" + sent++).getBytes());
    }

    /** A member's role has changed. */
    protected void becomes(Member member, MemberState.Role role) {
    }

    protected final World world() {
        return world;
    }

    protected final Checks checks() {
        return checks;
    }

    /** What was sent is committed everywhere and told: as soon as every log has to be the leader's. */
    protected final void settle(BooleanSupplier isSettled) {
        advance(SETTLE_MS);
        until(CAUGHT_UP_MS, isSettled);
    }

    /** Once every log is that of the leader. */
    protected void finish(List<Member> all, Checks found) {
    }

    private void changed(Member member, MemberState.Role role) {
        if (world.isDead()) {
            return;
        }
        world.story().tell(member + " is " + role + ", term " + member.state().currTerm());
        if (role == MemberState.Role.LEADER) {
            checks.leads(member);
            faults.onLeader(member);
        }
        becomes(member, role);
    }

    private void send() {
        for (Member member : members) {
            if (isSending && member.leads() && member.node().isRunning()) {
                world.as(member.node(), () -> sendTo(member));
            }
        }
        world.after(plan.everyMs() * (0.5 + world.random().nextDouble()), null, this::send);
    }

    private void append(Member member, byte[] body) {
        AppendEntryRequest request = new AppendEntryRequest();
        request.setGroup("broker-a");
        request.setRemoteId(member.toString());
        request.setBody(body);
        long term = member.state().currTerm();
        try {
            CompletableFuture<AppendEntryResponse> answer = member.server().handleAppend(request);
            answer.thenAccept(response -> {
                if (response.getCode() == DLedgerResponseCode.SUCCESS.getCode() && !world.isDead()) {
                    checks.acknowledges(member, response.getIndex(), body, term);
                }
            });
        } catch (Exception e) {
            world.story().tell(member + " does not take a message: " + e);
        }
    }

    /** All is well again: a message is acknowledged soon, and then every log is that of the leader. */
    private void heal() {
        int before = checks.acknowledged();
        long limit = plan.profile() == Profile.FAST ? FAST_LEADER_MS : STOCK_LEADER_MS;
        boolean isLed = until(limit, () -> checks.acknowledged() > before);
        // A message that comes hides what nothing but a message repairs.
        isSending = false;
        if (!isLed) {
            checks.found(Invariant.LEADER_SOON, "nothing was acknowledged for " + limit + " ms after healing: " + states());
        } else if (!until(CAUGHT_UP_MS, this::isCaughtUp)) {
            checks.found(Invariant.CATCHES_UP, CAUGHT_UP_MS + " ms later: " + states());
        } else {
            finish(members, checks);
        }
    }

    private boolean isCaughtUp() {
        Member leader = members.stream().filter(Member::leads).reduce((one, other) -> one.state().currTerm() > other.state().currTerm() ? one : other).orElse(null);
        long end = leader == null ? -1 : leader.store().getCommittedIndex();
        return leader != null && end >= 0 && members.stream().allMatch(member -> member.node().isUp() && leader.at(end).equals(member.at(end)));
    }

    private boolean until(long millis, BooleanSupplier isSo) {
        for (long passed = 0; passed < millis && !isSo.getAsBoolean(); passed += LOOK_MS) {
            advance(LOOK_MS);
        }
        return isSo.getAsBoolean();
    }

    private String states() {
        return String.join("; ", members.stream().map(member -> member + " " + member.state().getRole() + " of term " + member.state().currTerm() + ", log up to "
            + member.store().getLedgerEndIndex() + ", committed " + member.store().getCommittedIndex()).toList());
    }

    private void advance(long millis) {
        world.runUntil(world.now() + millis * 1_000_000);
    }
}
