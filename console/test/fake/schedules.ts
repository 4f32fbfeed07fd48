// The schedules of the servers of the small cloud.
import type { Schedule, ScheduleRun, ScheduleSetting } from '../../src/api/schedules';
import type { FakeAnswer } from './cloud.ts';

export class FakeSchedules {
  private readonly kept = new Map<string, Schedule[]>();
  runs: ScheduleRun[] = [];

  of(server: string): Schedule[] {
    return this.kept.get(server) ?? [];
  }

  list = (server: string): FakeAnswer => ({ status: 200, body: { schedules: this.of(server), most: 20 } });
  listRuns = (): FakeAnswer => ({ status: 200, body: { runs: this.runs, next: null } });

  create(server: string, setting: ScheduleSetting): FakeAnswer {
    const schedule = shown(crypto.randomUUID(), setting);
    this.kept.set(server, [...this.of(server), schedule]);
    return { status: 201, body: schedule };
  }

  change(server: string, id: string, setting: ScheduleSetting): FakeAnswer {
    const schedule = shown(id, setting);
    this.kept.set(
      server,
      this.of(server).map((each) => (each.id === id ? schedule : each)),
    );
    return { status: 200, body: schedule };
  }

  remove(server: string, id: string): FakeAnswer {
    this.kept.set(
      server,
      this.of(server).filter((each) => each.id !== id),
    );
    return { status: 204 };
  }
}

const shown = (id: string, setting: ScheduleSetting): Schedule => ({ ...setting, id, createdAt: '2026-11-01T00:00:00Z', updatedAt: '2026-11-01T00:00:00Z', nextRun: setting.enabled ? '2026-11-30T10:00:00Z' : null });
