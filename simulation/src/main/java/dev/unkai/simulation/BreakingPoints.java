package dev.unkai.simulation;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where in the middle of a step something breaks: points that the step passes are counted, and at the chosen one it happens. */
final class BreakingPoints {
    private enum Kind {
        DEATH,
        BREAKAGE
    }

    private final Trace trace;
    private final Agenda agenda;
    private @Nullable Life victim;
    private Kind kind = Kind.DEATH;
    private int left;

    BreakingPoints(Trace trace, Agenda agenda) {
        this.trace = trace;
        this.agenda = agenda;
    }

    /** The process will die at its n-th point from now, unless the step ends before. */
    void deathAt(Life life, int n) {
        victim = life;
        kind = Kind.DEATH;
        left = n;
    }

    /** The process's database connection will break at its n-th point from now. */
    void breakageAt(Life life, int n) {
        victim = life;
        kind = Kind.BREAKAGE;
        left = n;
    }

    void disarm() {
        victim = null;
    }

    /** A call to something outside of the process, other than the database. */
    void pass(Life life, String where) {
        if (life.isOver()) {
            throw new ProcessDied(life);
        }
        if (victim == life && kind == Kind.DEATH && --left == 0) {
            die(life, where);
        }
    }

    /** A call to the database. */
    void passDatabase(Life life, String where) throws SQLException {
        if (life.isOver()) {
            throw new ProcessDied(life);
        }
        if (victim == life && --left == 0) {
            if (kind == Kind.DEATH) {
                die(life, where);
            }
            victim = null;
            trace.add(agenda.now(), "  " + life + " loses the database " + where);
            throw new SQLException("The connection broke (by the simulation)", "08006");
        }
    }

    private void die(Life life, String where) {
        victim = null;
        trace.add(agenda.now(), "  " + life + " dies " + where);
        life.end();
        throw new ProcessDied(life);
    }
}
