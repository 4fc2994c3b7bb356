package io.hotfire.simulation.rewrite;

import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** One class with the seams in place of what it called, and with a mutant's change if it is that one's class. */
final class Rewriting extends ClassVisitor {
    private static final String THREAD = "java/lang/Thread";
    private static final String SIMULATED_THREAD = "io/hotfire/simulation/world/SimulatedThread";
    private static final String LATCH = "io/openmessaging/storage/dledger/utils/ResettableCountDownLatch";
    private static final String COUNTED = "io/hotfire/simulation/world/Waits$Counted";
    private static final String STORE = "io/openmessaging/storage/dledger/store/file/DLedgerMmapFileStore";
    /** Read and written by several threads, by the elector without a lock. */
    private static final Set<String> SHARED_FIELDS = Set.of("needIncreaseTermImmediately", "lastParseResult", "minVoteIntervalMs", "maxVoteIntervalMs");

    private static final int BUFFER = 4 << 20;
    private static final int SMALL_BUFFER = 1 << 16;

    private String name;

    private Rewriting(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    static byte[] rewrite(byte[] original, Mutant mutant) {
        byte[] bytes = mutant == null ? original : mutant.change(original);
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Rewriting(new ClassRemapper(writer, new SimpleRemapper(Map.copyOf(Seams.TYPES)))), 0);
        return writer.toByteArray();
    }

    @Override
    public void visit(int version, int access, String className, String signature, String superName, String[] interfaces) {
        name = className;
        String[] types = className.equals(LATCH) ? new String[] {COUNTED} : interfaces;
        super.visit(version, access, className, signature, superName != null && superName.equals(THREAD) ? SIMULATED_THREAD : superName, types);
    }

    @Override
    public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
        if (name.equals(LATCH) && method.equals("await") && descriptor.equals("(JLjava/util/concurrent/TimeUnit;)Z")) {
            awaitAsSimulated(next);
            return null;
        }
        return new Calls(next, method);
    }

    private static void awaitAsSimulated(MethodVisitor code) {
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.LLOAD, 1);
        code.visitVarInsn(Opcodes.ALOAD, 3);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "io/hotfire/simulation/world/Waits", "await", "(L" + COUNTED + ";JLjava/util/concurrent/TimeUnit;)Z", false);
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private final class Calls extends MethodVisitor {
        private final String method;

        Calls(MethodVisitor next, String method) {
            super(Opcodes.ASM9, next);
            this.method = method;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            super.visitTypeInsn(opcode, opcode == Opcodes.NEW && type.equals(THREAD) ? SIMULATED_THREAD : type);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String descriptor, boolean isInterface) {
            boolean isSleep = opcode == Opcodes.INVOKESTATIC && called.equals("sleep") && descriptor.equals("(J)V") && !owner.endsWith("Utils");
            Seams.Target target = isSleep ? Seams.ofSleep() : Seams.of(owner, called, descriptor);
            if (target != null && opcode != Opcodes.INVOKESPECIAL) {
                String receiver = opcode == Opcodes.INVOKESTATIC ? "" : "L" + owner + ";";
                super.visitMethodInsn(Opcodes.INVOKESTATIC, target.owner(), target.name(), "(" + receiver + descriptor.substring(1), false);
                return;
            }
            boolean isThread = opcode == Opcodes.INVOKESPECIAL && called.equals("<init>") && owner.equals(THREAD);
            super.visitMethodInsn(opcode, isThread ? SIMULATED_THREAD : owner, called, descriptor, isInterface);
        }

        /** The store's buffer for one entry: 4 MiB for each thread and store would be most of what a run allocates. */
        @Override
        public void visitLdcInsn(Object value) {
            super.visitLdcInsn(name.equals(STORE) && Integer.valueOf(BUFFER).equals(value) ? Integer.valueOf(SMALL_BUFFER) : value);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            boolean isShared = (opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD) && SHARED_FIELDS.contains(field)
                && name.endsWith("/DLedgerLeaderElector") && !method.equals("<init>");
            if (isShared) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, "io/hotfire/simulation/world/Preemption", "point", "()V", false);
            }
            super.visitFieldInsn(opcode, owner, field, descriptor);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN && name.equals(LATCH) && method.equals("countDown")) {
                watched("io/hotfire/simulation/world/Waits", "countedDown", "(L" + COUNTED + ";)V", false);
            }
            if (opcode == Opcodes.RETURN && name.equals(STORE) && method.equals("updateCommittedIndex")) {
                watched("io/hotfire/simulation/world/Watchers", "committed", "(Ljava/lang/Object;)V", true);
            }
            super.visitInsn(opcode);
        }

        private void watched(String owner, String call, String descriptor, boolean isInterface) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, call, descriptor, isInterface);
        }
    }
}
