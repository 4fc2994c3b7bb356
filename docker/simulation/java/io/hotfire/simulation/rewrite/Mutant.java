package io.hotfire.simulation.rewrite;

import io.hotfire.simulation.plan.FaultKind;
import io.hotfire.simulation.plan.Invariant;
import io.hotfire.simulation.plan.Profile;
import io.hotfire.simulation.plan.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/**
 * A fault that is planted into one of the simulated classes, to see that the simulation finds it.
 *
 * @param edits   what is changed, by class
 * @param kinds   the faults of the schedules in which it is looked for
 * @param breaks  by which invariants it may be found
 * @param within  in how many seeds, from 1 on, it has to be found
 */
public record Mutant(
    String name, String what, Map<String, Edit> edits, Subject subject, int members, Profile profile, List<FaultKind> kinds, Set<Invariant> breaks, int within
) {
    /** Changes a class; false if what it changes is not there, which means that the mutant no longer fits. */
    public interface Edit {
        boolean apply(ClassNode type);
    }

    byte[] change(byte[] original) {
        ClassReader reader = new ClassReader(original);
        Edit edit = edits.get(reader.getClassName());
        if (edit == null) {
            return original;
        }
        ClassNode type = new ClassNode();
        reader.accept(type, 0);
        if (!edit.apply(type)) {
            throw new IllegalStateException("mutant " + name + " finds nothing to change in " + reader.getClassName());
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.accept(writer);
        return writer.toByteArray();
    }
}
