package ai.recruit.web;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Reads out of the sources every message that a {@code Problem} or {@code FieldProblem} can carry, with {@code {}} for what
 * is put in at run time. A method that hands one of its parameters on as a message is followed to its callers, a variable
 * to its value, a method that makes a message to what it returns.
 */
final class MessageSources {

    private static final String HOLE = "{}";
    private static final Set<String> HOLDERS = Set.of("Problem", "FieldProblem");

    /** Methods by name whose argument at this place is a message: name/number of arguments, place. */
    private final Map<String, Integer> sinks = new HashMap<>();

    private final Map<String, List<ExpressionTree>> returns = new HashMap<>();
    private final Map<String, ExpressionTree> constants = new HashMap<>();
    private final List<CompilationUnitTree> units = new ArrayList<>();

    /** Messages, each with a place where it comes from. */
    final Map<String, String> messages = new TreeMap<>();

    /** Places where it cannot be said what the message is. */
    final Set<String> opaque = new TreeSet<>();

    static MessageSources read(Path sources) throws IOException {
        MessageSources read = new MessageSources();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> paths = Files.walk(sources)) {
            List<Path> java =
                    paths.filter(path -> path.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            task.parse().forEach(read.units::add);
        }
        read.units.forEach(read::declarations);
        int before;
        do {
            before = read.sinks.size();
            read.messages.clear();
            read.opaque.clear();
            read.units.forEach(read::messages);
        } while (read.sinks.size() > before);
        return read;
    }

    private void declarations(CompilationUnitTree unit) {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                if (method.getReturnType() != null
                        && method.getReturnType().toString().endsWith("String")
                        && method.getBody() != null) {
                    List<ExpressionTree> values =
                            returns.computeIfAbsent(method.getName().toString(), name -> new ArrayList<>());
                    new TreeScanner<Void, Void>() {
                        @Override
                        public Void visitReturn(ReturnTree tree, Void none) {
                            if (tree.getExpression() != null) {
                                values.add(tree.getExpression());
                            }
                            return super.visitReturn(tree, none);
                        }

                        @Override
                        public Void visitLambdaExpression(LambdaExpressionTree tree, Void none) {
                            return null;
                        }
                    }.scan(method.getBody(), null);
                }
                return super.visitMethod(method, nothing);
            }

            @Override
            public Void visitVariable(VariableTree variable, Void nothing) {
                if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                        && variable.getInitializer() != null
                        && variable.getModifiers().toString().contains("static")
                        && String.valueOf(variable.getType()).equals("String")) {
                    constants.put(type.getSimpleName() + "." + variable.getName(), variable.getInitializer());
                }
                return super.visitVariable(variable, nothing);
            }
        }.scan(unit, null);
    }

    private void messages(CompilationUnitTree unit) {
        String file = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        new TreePathScanner<Void, Void>() {
            private ClassTree type;
            private MethodTree method;

            @Override
            public Void visitClass(ClassTree tree, Void nothing) {
                ClassTree outer = type;
                type = tree;
                super.visitClass(tree, nothing);
                type = outer;
                return null;
            }

            @Override
            public Void visitMethod(MethodTree tree, Void nothing) {
                MethodTree outer = method;
                method = tree;
                super.visitMethod(tree, nothing);
                method = outer;
                return null;
            }

            @Override
            public Void visitNewClass(NewClassTree tree, Void nothing) {
                if (HOLDERS.contains(tree.getIdentifier().toString())
                        && tree.getArguments().size() >= 2) {
                    found(tree.getArguments().get(1));
                }
                return super.visitNewClass(tree, nothing);
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
                Integer place = sinks.get(
                        name(tree.getMethodSelect()) + "/" + tree.getArguments().size());
                if (place != null) {
                    found(tree.getArguments().get(place));
                }
                return super.visitMethodInvocation(tree, nothing);
            }

            private void found(ExpressionTree message) {
                if (message instanceof IdentifierTree identifier && isParameter(identifier)) {
                    return;
                }
                for (String text : texts(message, new Scope(type, method), 0)) {
                    if (text.replace(HOLE, "").isBlank()) {
                        opaque.add(file + ": " + message);
                    } else {
                        messages.putIfAbsent(text, file);
                    }
                }
            }

            private boolean isParameter(IdentifierTree identifier) {
                if (method == null) {
                    return false;
                }
                for (int i = 0; i < method.getParameters().size(); i++) {
                    if (method.getParameters().get(i).getName().equals(identifier.getName())) {
                        String name = method.getName().contentEquals("<init>")
                                ? type.getSimpleName().toString()
                                : method.getName().toString();
                        sinks.putIfAbsent(name + "/" + method.getParameters().size(), i);
                        return true;
                    }
                }
                return false;
            }
        }.scan(unit, null);
    }

    private record Scope(ClassTree type, MethodTree method) {}

    private Set<String> texts(ExpressionTree tree, Scope scope, int depth) {
        Set<String> one = Set.of(HOLE);
        if (depth > 8) {
            return one;
        }
        if (tree instanceof LiteralTree literal) {
            return Set.of(String.valueOf(literal.getValue()));
        }
        if (tree instanceof ParenthesizedTree inner) {
            return texts(inner.getExpression(), scope, depth);
        }
        if (tree instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
            Set<String> both = new TreeSet<>();
            for (String left : texts(binary.getLeftOperand(), scope, depth + 1)) {
                for (String right : texts(binary.getRightOperand(), scope, depth + 1)) {
                    both.add(left + right);
                }
            }
            return both;
        }
        if (tree instanceof ConditionalExpressionTree choice) {
            Set<String> either = new TreeSet<>(texts(choice.getTrueExpression(), scope, depth + 1));
            either.addAll(texts(choice.getFalseExpression(), scope, depth + 1));
            either.remove("null");
            return either;
        }
        if (tree instanceof SwitchExpressionTree choice) {
            Set<String> any = new TreeSet<>();
            choice.getCases().forEach(each -> {
                if (each.getBody() instanceof ExpressionTree value) {
                    any.addAll(texts(value, scope, depth + 1));
                } else {
                    new TreeScanner<Void, Void>() {
                        @Override
                        public Void visitYield(YieldTree yield, Void none) {
                            any.addAll(texts(yield.getValue(), scope, depth + 1));
                            return null;
                        }
                    }.scan(each, null);
                }
            });
            return any;
        }
        if (tree instanceof MethodInvocationTree call) {
            if (call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getIdentifier().contentEquals("formatted")) {
                Set<String> filled = new TreeSet<>();
                texts(select.getExpression(), scope, depth + 1)
                        .forEach(text -> filled.add(text.replaceAll("%[,.\\d]*[sdf]", "{}")));
                return filled;
            }
            List<ExpressionTree> made = returns.get(name(call.getMethodSelect()));
            if (made != null && depth == 0) {
                Set<String> any = new TreeSet<>();
                made.forEach(value -> any.addAll(texts(value, scope, depth + 1)));
                any.remove("null");
                return any;
            }
            return one;
        }
        if (tree instanceof IdentifierTree || tree instanceof MemberSelectTree) {
            String name = tree.toString();
            ExpressionTree constant = constants.get(
                    name.contains(".") || scope.type() == null
                            ? name
                            : scope.type().getSimpleName() + "." + name);
            if (constant != null) {
                return texts(constant, scope, depth + 1);
            }
            if (scope.method() != null && depth == 0 && tree instanceof IdentifierTree) {
                Set<String> values = new HashSet<>();
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitVariable(VariableTree variable, Void none) {
                        if (variable.getName().contentEquals(name) && variable.getInitializer() != null) {
                            values.addAll(texts(variable.getInitializer(), scope, 0));
                        }
                        return super.visitVariable(variable, none);
                    }
                }.scan(scope.method(), null);
                if (!values.isEmpty()) {
                    values.remove("null");
                    return values;
                }
            }
        }
        return one;
    }

    private static String name(ExpressionTree select) {
        return select instanceof MemberSelectTree member
                ? member.getIdentifier().toString()
                : select.toString();
    }
}
