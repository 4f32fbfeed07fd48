package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.base.proof.MerkleTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Merkle tree over one log, out of the database: leaves from the events, whole subtrees of 256, 65,536 … leaves from the table {@code subtree}. Read
 * in runs of up to 256 hashes; each run once.
 */
final class StoredTree implements MerkleTree.Subtrees {
    private static final int MOST_RUNS = 64;

    private record Place(int level, long run) {}

    private final Db db;
    private final String log;
    private final Map<Place, Run> runs = new HashMap<>();

    StoredTree(Db db, String log) {
        this.db = db;
        this.log = log;
    }

    MerkleTree tree() {
        return new MerkleTree(this);
    }

    @Override
    public byte[] whole(int level, long index) {
        int above = level % Run.BITS;
        int unit = level / Run.BITS;
        int perRun = Run.MOST >> above;
        Place place = new Place(unit, index / perRun);
        int within = (int) (index % perRun);
        Run run = runs.get(place);
        if (run == null || !run.holds(above, within)) {
            if (runs.size() >= MOST_RUNS) {
                runs.clear();
            }
            run = read(unit, place.run() * Run.MOST);
            runs.put(place, run);
        }
        return run.whole(above, within);
    }

    private Run read(int unit, long first) {
        List<byte[]> hashes;
        if (unit > 0) {
            hashes = db.sql(
                            "select hash from subtree where log = ? and level = ? and place >= ? and place < ? order by place")
                    .param(log)
                    .param(unit)
                    .param(first)
                    .param(first + Run.MOST)
                    .query((row, n) -> row.getBytes(1))
                    .list();
        } else if (log.equals(JournalLeaf.LOG)) {
            hashes = db.sql("select " + JournalRow.COLUMNS
                            + " from entry where number >= ? and number < ? order by number")
                    .param(first)
                    .param(first + Run.MOST)
                    .query((row, n) -> JournalRow.read(row).leaf().leafHash())
                    .list();
        } else {
            hashes = db.sql("select hash from entry where log = ? and place >= ? and place < ? order by place")
                    .param(log)
                    .param(first)
                    .param(first + Run.MOST)
                    .query((row, n) -> row.getBytes(1))
                    .list();
        }
        return new Run(hashes.toArray(byte[][]::new));
    }
}
