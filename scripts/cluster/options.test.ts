import { expect, it } from 'vitest';
import { readOptions } from './options.ts';

it('reads how many nodes there are to be, and says what is wrong', () => {
  expect(readOptions([], '/here')).toEqual({ nodes: 3, port: 3000, dataDir: '/here/data/cluster', help: false });
  expect(readOptions(['--nodes', '5', '--port', '0', '--data', '/there'], '/here')).toMatchObject({
    nodes: 5,
    port: 0,
    dataDir: '/there',
  });
  for (const wrong of [['--nodes', '0'], ['--nodes', '17'], ['--nodes', 'x'], ['--port', '70000'], ['--what'], ['3']]) {
    expect(() => readOptions(wrong, '/here'), wrong.join(' ')).toThrow();
  }
});
