package dev.unkai.base.data;

import dev.unkai.base.Refusal;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;

/** Where a trigger of the database refuses something for good reason, its message is the answer: SQLSTATE {@code UK409} is a conflict. */
final class DatabaseRefusal {
    private static final String CONFLICT = "UK409";

    private DatabaseRefusal() {}

    /** Empty for every other failure. */
    static Optional<Refusal> of(DataAccessException failure) {
        if (failure.getMostSpecificCause() instanceof PSQLException cause && CONFLICT.equals(cause.getSQLState())) {
            ServerErrorMessage said = cause.getServerErrorMessage();
            String sentence = said == null ? null : said.getMessage();
            return Optional.of(Refusal.conflict(sentence == null ? "The database refuses this." : sentence));
        }
        return Optional.empty();
    }
}
