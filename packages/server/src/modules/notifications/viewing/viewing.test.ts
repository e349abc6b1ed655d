import { expect, it } from 'vitest';
import { Viewing, type ViewingConnections } from './viewing.ts';

type Word = Record<string, unknown>;

/** Nodes that are connected to each other, with client connections that open and close by hand. */
function network() {
  const nodes: { hear?: (data: Word) => void; rejoin?: () => void; changed?: (userId: string) => void }[] = [];
  const open: { node: number; id: string; userId: string; sessionId: string }[] = [];
  const state = { isLinked: true, now: 0, words: [] as Word[] };
  const node = () => {
    const index = nodes.length;
    const own: (typeof nodes)[number] = {};
    nodes.push(own);
    const connections = {
      devices: (userId: string) =>
        new Set(open.filter((one) => one.userId === userId).map((one) => one.sessionId)).size,
      of: ({ userId, sessionId }: { userId: string; sessionId: string }, id: string | undefined) =>
        open
          .filter((one) => one.node === index && one.userId === userId && one.sessionId === sessionId)
          .filter((one) => id === undefined || one.id === id)
          .map((one) => ({ socket: { id: one.id } })),
      onChange: (listener: (userId: string) => void) => {
        own.changed = listener;
      },
      onPeers: (_topic: string, listener: (data: Word) => void) => {
        own.hear = listener;
      },
      onRejoin: (listener: () => void) => {
        own.rejoin = listener;
      },
      publishToPeers(_topic: string, data: Word) {
        state.words.push(data);
        if (state.isLinked) for (const other of nodes) if (other !== own) other.hear?.(structuredClone(data));
      },
    } as unknown as ViewingConnections;
    return new Viewing(connections, () => state.now);
  };
  return {
    state,
    nodes,
    node,
    connect(index: number, id: string, sessionId = 'session') {
      open.push({ node: index, id, userId: 'ben', sessionId });
      return { userId: 'ben', sessionId };
    },
    close(id: string) {
      const [closed] = open.splice(
        open.findIndex((one) => one.id === id),
        1,
      );
      nodes[closed?.node ?? 0]?.changed?.('ben');
    },
  };
}

it('is known on every node until the connection closes, by connection', () => {
  const net = network();
  const [here, there] = [net.node(), net.node()];
  const ben = net.connect(1, 'window');
  net.connect(1, 'other window');
  there.set(ben, 'window', ['a', 'b']);
  there.set(ben, 'other window', ['c']);
  for (const node of [here, there]) {
    expect(['a', 'b', 'c', 'd'].map((id) => node.isViewing('ben', [id]))).toEqual([true, true, true, false]);
    expect(node.isViewing('ann', ['a'])).toBe(false);
    expect(node.isViewing('ben', [])).toBe(false);
  }
  there.set(ben, 'window', ['d']);
  expect([here, there].map((node) => node.isViewing('ben', ['a', 'b']))).toEqual([false, false]);
  net.close('window');
  expect([here, there].map((node) => node.isViewing('ben', ['d']))).toEqual([false, false]);
  expect(here.isViewing('ben', ['c']), 'the other window stays').toBe(true);
});

it('is set over REST for all connections of the session, on any node', () => {
  const net = network();
  const [here, there] = [net.node(), net.node()];
  const ben = net.connect(1, 'window');
  net.connect(1, 'phone', 'another session');
  here.set(ben, undefined, ['a']);
  expect([here, there].map((node) => node.isViewing('ben', ['a']))).toEqual([true, true]);
  here.set(ben, undefined, []);
  expect([here, there].map((node) => node.isViewing('ben', ['a']))).toEqual([false, false]);
});

it('ends when its node crashed: immediately without a connection, in 75 s with another one', () => {
  const net = network();
  const [here, there] = [net.node(), net.node()];
  there.set(net.connect(1, 'window'), 'window', ['a']);
  net.connect(0, 'elsewhere');
  net.state.now = 74_000;
  expect(here.isViewing('ben', ['a'])).toBe(true);
  there.repeat();
  net.state.now = 148_000;
  expect(here.isViewing('ben', ['a']), 'it was told again').toBe(true);
  net.state.now = 150_000;
  expect(here.isViewing('ben', ['a'])).toBe(false);
  there.repeat();
  net.nodes.splice(1);
  net.close('window');
  net.close('elsewhere');
  expect(here.isViewing('ben', ['a'])).toBe(false);
});

it('is repeated once the nodes are connected again', () => {
  const net = network();
  const [here, there] = [net.node(), net.node()];
  net.state.isLinked = false;
  there.set(net.connect(1, 'window'), 'window', ['a']);
  expect(here.isViewing('ben', ['a'])).toBe(false);
  net.state.isLinked = true;
  net.nodes[1]?.rejoin?.();
  expect(here.isViewing('ben', ['a'])).toBe(true);
});

it('ignores invalid messages of other nodes', () => {
  const net = network();
  const here = net.node();
  net.connect(0, 'window');
  const connectionId = 'x';
  for (const word of [
    {},
    { userId: 1, connectionId, ids: ['a'] },
    { userId: 'ben', connectionId, ids: 'a' },
    { userId: 'ben', connectionId, ids: [1] },
    { userId: 'ben', connectionId, ids: Array.from({ length: 9 }, () => 'a') },
    { userId: 'ben', sessionId: 7, ids: ['a'] },
  ]) {
    net.nodes[0]?.hear?.(word);
  }
  expect(here.isViewing('ben', ['a'])).toBe(false);
});
