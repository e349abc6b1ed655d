import { expect, it } from 'vitest';
import { Emitter } from './emitter.ts';

it('calls all listeners, also if listeners are added or removed meanwhile', () => {
  const emitter = new Emitter<{ news: number }>();
  const heard: string[] = [];
  const stop = emitter.on('news', (value) => {
    heard.push(`first ${value}`);
    stop();
    emitter.on('news', (later) => heard.push(`late ${later}`));
  });
  emitter.on('news', (value) => heard.push(`second ${value}`));
  emitter.emit('news', 1);
  emitter.emit('news', 2);
  expect(heard).toEqual(['first 1', 'second 1', 'second 2', 'late 2']);
  emitter.clear();
  emitter.emit('news', 3);
  expect(heard).toHaveLength(4);
});
