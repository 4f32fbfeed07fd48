package dev.unkai.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Steps side by side; the first that fails ends the others. */
final class Parallel {
    private Parallel() {}

    static void run(List<Runnable> steps) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Boolean> done = new ExecutorCompletionService<>(executor);
            List<Future<Boolean>> all = new ArrayList<>();
            steps.forEach(step -> all.add(done.submit(step, true)));
            try {
                for (int left = all.size(); left > 0; left--) {
                    done.take().get();
                }
            } catch (ExecutionException e) {
                executor.shutdownNow();
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new Problem("interrupted");
            }
        }
    }

    static <T> void run(List<T> items, Consumer<T> step) {
        run(items.stream().map(item -> (Runnable) () -> step.accept(item)).toList());
    }
}
