import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../test/app.ts';
import { parseDemoArguments } from './arguments.ts';
import { MEANWHILE } from './dialogue.ts';
import { play } from './play.ts';
import { Stage } from './stage.ts';

let app: TestApp;
let url: string;

beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
});

afterAll(() => app.close());

function stage(terminal: boolean) {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  return { stage: new Stage({ write, paced: false, terminal }), text: () => text };
}

describe('the demo', () => {
  it('shows a conversation that loses nothing', async () => {
    const { stage: on, text } = stage(false);
    await play(url, on, undefined);
    expect(text()).toContain('Seeds are in the blue box');
    expect(text()).toMatch(/Cleo and Emil have timed "Load the stall" together: \d+\.\d s for both/);
    expect(text()).toContain('@channel Saturday in numbers: **214 €**');
    expect(text()).toContain('> 🟢 **Chard**: sold out at 10:40');
    expect(text()).toContain('Order 1 of the market stall: 3 × Beans, 500 g, processing; 9 are left');
    expect(text()).toContain(`got ${MEANWHILE.length} messages, once each, in order`);
    expect(text()).toContain('Tenth Bean.');
    expect(text()).toMatch(/Ben was reminded \d+\.\d s after .*Look after Tenth Bean.*\(not pushed: no_device\)/);
    expect(text()).not.toContain('\u001b');
  });

  it('tells who is typing where a line can be written over', async () => {
    const { stage: on, text } = stage(true);
    on.note('Ann sees: Ben is typing…');
    on.fact('done');
    expect(text()).toMatch(/typing….*\r.*done/s);
  });
});

describe('its arguments', () => {
  it('are few', () => {
    expect(parseDemoArguments([])).toEqual({ kind: 'run', url: undefined, fast: false });
    expect(parseDemoArguments(['--fast', '--url', 'http://x:1'])).toEqual({
      kind: 'run',
      url: 'http://x:1',
      fast: true,
    });
    expect(parseDemoArguments(['--help', '--fast'])).toEqual({ kind: 'help' });
  });

  it.each([[['--quick']], [['extra']], [['--url']], [['--url', 'localhost:3000']]])('refuse %j', (args) => {
    expect(parseDemoArguments(args).kind).toBe('wrong');
  });
});
