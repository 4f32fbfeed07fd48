package dev.unkai.web;

import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.SourceRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps this process informed of where one may come from, in memory and on disk; {@link IdentityFeed} says when. */
final class SourceRuleFeed {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final IdentityClient identity;
    private final SourceRules rules;
    private final KeptLines<SourceRule> kept;
    private boolean everAnswered;
    private long heardUpTo;

    SourceRuleFeed(IdentityClient identity, Path cache, String process, SourceRules rules) {
        this.identity = identity;
        this.kept = new KeptLines<>(
                "Source address rules", cache.resolve(process + "-source-rules.jsonl"), SourceRule.class);
        this.rules = rules;
    }

    /** @param newest the number of the last change of any rule: less than we know, when identity was restored from a backup */
    private record Page(List<SourceRule> rules, long newest) {}

    /** Whether the kept rules are all that were known before the last stop. */
    boolean readKept() throws IOException {
        Optional<List<SourceRule>> known = kept.read();
        // Several processes may have written, one of them late: the newest of a rule counts.
        known.ifPresent(all -> rules.replace(all.stream()
                .sorted(Comparator.comparingLong(SourceRule::number))
                .toList()));
        return known.isPresent();
    }

    /**
     * Keeps first what it then judges by.
     *
     * @param all whether to read all rules anew
     */
    void learn(boolean all) throws IOException, InterruptedException {
        boolean whole = all || !everAnswered || kept.fallsShort();
        Page page = after(whole ? 0 : heardUpTo);
        if (!whole && page.newest() < heardUpTo) {
            whole = true;
            page = after(0);
        }
        List<SourceRule> heard = new ArrayList<>();
        while (!page.rules().isEmpty()) {
            heard.addAll(page.rules());
            page = after(page.rules().getLast().number());
        }
        kept.keep(heard, whole);
        if (whole) {
            rules.replace(heard);
            heardUpTo = heard.isEmpty() ? 0 : heard.getLast().number();
        } else if (!heard.isEmpty()) {
            rules.learn(heard);
            heardUpTo = heard.getLast().number();
        }
        everAnswered = true;
    }

    private Page after(long number) throws IOException, InterruptedException {
        return JSON.readValue(identity.get("/identity/internal/v1/source-rules?since=" + number), Page.class);
    }
}
