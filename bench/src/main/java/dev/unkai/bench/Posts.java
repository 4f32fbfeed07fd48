package dev.unkai.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The same POST of a server many times, by some clients at once. */
record Posts(BenchSite site, String path) {
    /** The ids of what was made. */
    List<String> send(Map<String, Object> request, int times, int clients) {
        Semaphore places = new Semaphore(clients);
        try (ExecutorService posters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int number = 0; number < times; number++) {
                answers.add(posters.submit((Callable<String>) () -> {
                    places.acquire();
                    try {
                        return site.expect("POST", path, request)
                                .at("/server/id")
                                .asString();
                    } finally {
                        places.release();
                    }
                }));
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> answer : answers) {
                ids.add(answer.get());
            }
            return ids;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
