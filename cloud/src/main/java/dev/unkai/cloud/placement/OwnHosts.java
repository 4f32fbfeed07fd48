package dev.unkai.cloud.placement;

import dev.unkai.base.data.Db;
import org.springframework.stereotype.Component;

/** Projects that are promised hosts of their own: {@link Placement} puts their servers there and nowhere else, also while there is none yet. */
@Component
public class OwnHosts {
    /** @param fewest how many hosts the project has at least; 0: it shares those of everybody */
    public void promise(Db db, String project, int fewest) {
        if (fewest == 0) {
            db.sql("delete from own_hosts where project_id = ?").param(project).update();
            return;
        }
        db.sql("""
                        insert into own_hosts (project_id, fewest_hosts) values (?, ?)
                        on conflict (project_id) do update set fewest_hosts = excluded.fewest_hosts
                        """).param(project).param(fewest).update();
    }

    /** How many hosts are dedicated to the project now. */
    public int count(Db db, String project) {
        return db.sql("select count(*) from host where project_id = ?")
                .param(project)
                .query(Integer.class)
                .single();
    }
}
