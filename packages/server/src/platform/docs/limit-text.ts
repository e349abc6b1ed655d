import { type LimitClass, type LimitName, limits } from '@atrium/protocol';

function duration(seconds: number): string {
  const units = [
    { size: 3600, name: 'hour' },
    { size: 60, name: 'minute' },
    { size: 1, name: 'second' },
  ];
  const unit = units.find(({ size }) => seconds % size === 0) ?? { size: 1, name: 'second' };
  const count = seconds / unit.size;
  return count === 1 ? unit.name : `${count} ${unit.name}s`;
}

/** A limit class with its default values as text: "10 calls per 5 seconds and user". */
export function limitText(name: LimitName): string {
  const { points, seconds, per, counts }: LimitClass = limits[name];
  const calls = `${points} ${counts === 'failures' ? 'failed ' : ''}${points === 1 ? 'call' : 'calls'}`;
  const each = { ip: 'IP address', user: 'user', key: 'key' };
  return `${calls} per ${duration(seconds)} per ${each[per]}`;
}
