import { validate, version } from 'uuid';
import { describe, expect, it, vi } from 'vitest';
import { createIds, newId } from './new-id.ts';

const NOON = Date.parse('2026-01-01T12:00:00Z');
const timeOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16);
const many = (newId: () => string, count = 2_000) => Array.from({ length: count }, newId);

describe('ids', () => {
  it('are UUIDs of version 7 that contain the time of creation', () => {
    const id = createIds(() => NOON)();
    expect([validate(id), version(id)]).toEqual([true, 7]);
    expect(timeOf(id)).toBe(NOON);
    const before = Date.now();
    expect(timeOf(newId())).toBeGreaterThanOrEqual(before);
    expect(timeOf(newId())).toBeLessThanOrEqual(Date.now());
  });

  it('follow a clock that was put in place after they were first created', () => {
    const soon = Date.now() + 1_000;
    vi.spyOn(Date, 'now').mockReturnValue(soon);
    expect(timeOf(newId())).toBe(soon);
    vi.restoreAllMocks();
  });

  it('differ, and sort by time of creation', () => {
    let ms = NOON;
    const ids = many(createIds(() => ms++));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('sort correctly within a millisecond too, and when the clock is set back', () => {
    let ms = NOON;
    const newId = createIds(() => ms);
    const before = many(newId);
    ms -= 3_600_000;
    const ids = [...before, ...many(newId)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('cannot be guessed from one another', () => {
    const rests = many(createIds(() => NOON)).map((id) => id.slice(-12));
    expect(new Set(rests).size).toBe(rests.length);
    const firsts = Array.from({ length: 100 }, () => createIds(() => NOON)().slice(14, 23));
    expect(new Set(firsts).size).toBeGreaterThan(90);
  });
});
