package io.hotfire.simulation.rewrite;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The small changes that mutants are made of. */
final class Edits {
    private Edits() {
    }

    /** In one method, calls of another become something else that takes the same operands from the stack. */
    static Mutant.Edit call(String method, String called, Consumer<InsnList> instead) {
        return in(method, instruction -> instruction instanceof MethodInsnNode call && call.name.equals(called), instead);
    }

    /** In one method, an arithmetic instruction that follows a certain constant becomes something else. */
    static Mutant.Edit operation(String method, int constant, int opcode, Consumer<InsnList> instead) {
        return in(method, instruction -> instruction.getOpcode() == opcode && instruction.getPrevious() != null
            && instruction.getPrevious().getOpcode() == constant, instead);
    }

    /** In one method, a constant of an enum becomes another one. */
    static Mutant.Edit constant(String method, String from, String to) {
        return type -> {
            boolean isChanged = false;
            for (MethodNode one : type.methods) {
                for (AbstractInsnNode instruction : one.instructions) {
                    if (one.name.equals(method) && instruction instanceof FieldInsnNode field && field.name.equals(from)) {
                        field.name = to;
                        isChanged = true;
                    }
                }
            }
            return isChanged;
        };
    }

    /** In one method, what is read from a field becomes something else. */
    static Mutant.Edit read(String method, String field, Consumer<InsnList> instead) {
        return in(method, instruction -> instruction.getOpcode() == Opcodes.GETFIELD && instruction instanceof FieldInsnNode get && get.name.equals(field), instead);
    }

    /** In one method, what is made is of another type, with a constructor that takes the same. */
    static Mutant.Edit made(String method, String from, String to) {
        return type -> {
            boolean isChanged = false;
            for (MethodNode one : type.methods) {
                for (AbstractInsnNode instruction : one.instructions) {
                    if (one.name.equals(method) && instruction instanceof TypeInsnNode made && made.desc.equals(from)) {
                        made.desc = to;
                        isChanged = true;
                    } else if (one.name.equals(method) && instruction instanceof MethodInsnNode call && call.owner.equals(from)) {
                        call.owner = to;
                    }
                }
            }
            return isChanged;
        };
    }

    /** A method without an answer does nothing. */
    static Mutant.Edit skip(String method) {
        return type -> {
            boolean isChanged = false;
            for (MethodNode one : type.methods) {
                if (one.name.equals(method) && one.desc.endsWith(")V")) {
                    one.instructions.clear();
                    one.tryCatchBlocks.clear();
                    one.localVariables = null;
                    one.instructions.add(new InsnNode(Opcodes.RETURN));
                    isChanged = true;
                }
            }
            return isChanged;
        };
    }

    /** A method that says yes or no always says the same. */
    static Mutant.Edit always(String method, boolean answer) {
        return type -> {
            boolean isChanged = false;
            for (MethodNode one : type.methods) {
                if (one.name.equals(method) && one.desc.endsWith(")Z")) {
                    one.instructions.clear();
                    one.tryCatchBlocks.clear();
                    one.localVariables = null;
                    one.instructions.add(new InsnNode(answer ? Opcodes.ICONST_1 : Opcodes.ICONST_0));
                    one.instructions.add(new InsnNode(Opcodes.IRETURN));
                    isChanged = true;
                }
            }
            return isChanged;
        };
    }

    private static Mutant.Edit in(String method, Predicate<AbstractInsnNode> which, Consumer<InsnList> instead) {
        return type -> {
            boolean isChanged = false;
            for (MethodNode one : type.methods) {
                for (AbstractInsnNode instruction : one.instructions.toArray()) {
                    if (one.name.equals(method) && which.test(instruction)) {
                        InsnList code = new InsnList();
                        instead.accept(code);
                        one.instructions.insert(instruction, code);
                        one.instructions.remove(instruction);
                        isChanged = true;
                    }
                }
            }
            return isChanged;
        };
    }

    static Consumer<InsnList> ops(int... opcodes) {
        return code -> {
            for (int opcode : opcodes) {
                code.add(new InsnNode(opcode));
            }
        };
    }

    /** The receiver is dropped, a number takes the place of the answer. */
    static Consumer<InsnList> minusOne() {
        return code -> {
            code.add(new InsnNode(Opcodes.POP));
            code.add(new LdcInsnNode(-1L));
        };
    }

    /** Operands are dropped, a local variable takes the place of the answer. */
    static Consumer<InsnList> replaced(List<Integer> drops, int opcode, int index) {
        return code -> {
            drops.forEach(drop -> code.add(new InsnNode(drop)));
            code.add(new VarInsnNode(opcode, index));
        };
    }

    /** The receiver is dropped, a parameter takes the place of the answer. */
    static Consumer<InsnList> parameter(int opcode, int index) {
        return code -> {
            code.add(new InsnNode(Opcodes.POP));
            code.add(new VarInsnNode(opcode, index));
        };
    }
}
