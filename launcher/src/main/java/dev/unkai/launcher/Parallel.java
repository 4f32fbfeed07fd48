package dev.unkai.launcher;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Steps side by side; the first that fails ends the others. */
final class Parallel {
    private Parallel() {}

    static void run(List<Runnable> steps) {
        // Not closed with try: a step that hangs must not hold up the message about the one that failed.
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        CompletionService<Boolean> done = new ExecutorCompletionService<>(executor);
        steps.forEach(step -> done.submit(step, true));
        try {
            for (int left = steps.size(); left > 0; left--) {
                done.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("interrupted");
        } finally {
            executor.shutdownNow();
            // What a given-up step had started itself (an image build); kept services are no children of this process.
            ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        }
    }

    static <T> void run(List<T> items, Consumer<T> step) {
        run(items.stream().map(item -> (Runnable) () -> step.accept(item)).toList());
    }
}
