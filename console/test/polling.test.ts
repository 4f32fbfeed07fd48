import { describe, expect, it } from 'vitest';
import { CALM, pollImages, pollServers, QUICK } from '../src/api/polling';
import { image, server } from './fake/seed.ts';

describe('how often the server list asks again', () => {
  it('asks calmly while nothing is on its way', () => {
    expect(pollServers([server(), server({ status: 'SHUTOFF' }), server({ status: 'ERROR' })])).toBe(CALM);
    expect(pollServers(undefined)).toBe(CALM);
  });

  it('asks within two seconds while a server is being built', () => {
    expect(pollServers([server(), server({ status: 'BUILD' })])).toBe(QUICK);
    expect(QUICK).toBeLessThanOrEqual(2_000);
    expect(CALM).toBeLessThanOrEqual(5_000);
  });

  it('asks quickly while a task is under way, whatever the status', () => {
    expect(pollServers([server({ status: 'SHUTOFF', 'OS-EXT-STS:task_state': 'powering-on' })])).toBe(QUICK);
    expect(pollServers([server({ status: 'ERROR', 'OS-EXT-STS:task_state': 'deleting' })])).toBe(QUICK);
  });

  it('asks quickly while an image waits for its data', () => {
    expect(pollImages([image({ status: 'saving' })])).toBe(QUICK);
    expect(pollImages([image()])).toBeGreaterThan(QUICK);
  });
});
