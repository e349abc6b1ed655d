import { deepStrictEqual } from 'node:assert';
import { fromSnapshot, type LiveState, type Message } from '@atrium/client';
import type { ActionRunner } from './action-runner.ts';
import { checkCounts, checkTraces, type Derived } from './checkers.ts';
import { withDatabase } from './facts.ts';
import type { Participant } from './participant.ts';
import { until } from './until.ts';

/** The traces of actions: for an edit the earlier text, for others the event. */
const TRACES = `
  select 'edit ' || content as trace from message where version > 1 and deleted_at is null
  union all
  select 'edit ' || content from message_revision where version > 1
  union all
  select type || ' ' || coalesce(body ->> 'emoji', body ->> 'messageId', body ->> 'threadId') from event
  where type in ('message:deleted', 'reaction:added', 'reaction:removed', 'pin:added', 'pin:removed', 'saved:added',
    'saved:removed') or type = 'draft:updated' and body ->> 'threadId' is not null
`;
/** K6: stored counts beside their rows, and the mentions of each message. */
const DERIVED = `
  select 'replies to ' || root.id as what, (root.thread ->> 'replyCount')::int as told,
    count(reply.id) filter (where reply.deleted_at is null)::int as counted
  from message root join message reply on reply.thread_id = root.id
  where root.thread is not null
  group by root.id, root.thread
  union all
  select 'mention of ' || c.account_id || ' by ' || m.id, count(e.seq)::int, 1
  from message m
  join conversation_member c on c.conversation_id = m.conversation_id and c.account_id <> m.sender_id
  left join event e on e.stream = 'user:' || c.account_id and e.type = 'mention:received'
    and (e.body ->> 'messageId')::uuid = m.id
  where m.mention_scope = 'channel'
  group by c.account_id, m.id
`;
const MARKS =
  'select account_id as "userId", read_seq as "readSeq" from conversation_member where conversation_id = $1';

/** K1, K2 and K6 for actions other than sending. @returns faults */
export function verifyActions(
  url: string,
  conversationId: string,
  runners: readonly (readonly [Participant, ActionRunner])[],
) {
  return withDatabase(url, async (client) => {
    const traces = (await client.query<{ trace: string }>(TRACES)).rows.map(({ trace }) => trace);
    const { rows: derived } = await client.query<Derived>(DERIVED);
    const { rows: marks } = await client.query<{ userId: string; readSeq: number }>(MARKS, [conversationId]);
    const behind = runners.flatMap(([{ name, userId }, { readSeq }]) => {
      const stored = marks.find((mark) => mark.userId === userId)?.readSeq ?? 0;
      return stored >= readSeq ? [] : [`K1 lost: ${name} has read ${readSeq}, the mark is at ${stored}`];
    });
    const actions = runners.flatMap(([, runner]) => runner.actions);
    return [...checkTraces(actions, traces), ...checkCounts(derived), ...behind];
  });
}

/** K4 for the state of clients: by all events, it equals a new snapshot and history. @returns faults */
export async function verifyStates(participants: readonly Participant[], conversationId: string): Promise<string[]> {
  const faults = await Promise.all(
    participants.map(async ({ client, name }) => {
      let fault = '';
      const isFresh = async () => {
        const fresh = { ...fromSnapshot(await client.api.streams.snapshot({})), messages: {} };
        const { items = [] } = client.state.messages[conversationId] ?? {};
        const wanted = { ...fresh, messages: await historySince(client, conversationId, items[0]?.seq ?? 0) };
        fault = differenceOf({ ...partsOf(fresh, client.state), messages: items }, wanted);
        return fault === '';
      };
      // Events in flight when the snapshot is taken differ for a moment.
      await until(isFresh, 5_000, '').catch(() => undefined);
      return fault === '' ? [] : [`K4 ${name} shows something else than a fresh snapshot: ${fault}`];
    }),
  );
  return faults.flat();
}

/** The parts of a client's state that a snapshot has. */
function partsOf(snapshot: LiveState, shown: LiveState): Partial<LiveState> {
  return Object.fromEntries(Object.keys(snapshot).map((part) => [part, shown[part as keyof LiveState]]));
}

async function historySince({ api }: Participant['client'], conversationId: string, seq: number): Promise<Message[]> {
  const items: Message[] = [];
  for (let more = true; more; ) {
    const [first] = items;
    const page = await api.messages.list({ conversationId, limit: 200, ...(first ? { before: first.seq } : {}) });
    items.unshift(...page.items);
    more = page.moreBefore && (items[0]?.seq ?? 0) > seq;
  }
  return items.filter((message) => message.seq >= seq);
}

/** @returns '' if both are the same */
export function differenceOf(one: unknown, other: unknown): string {
  try {
    deepStrictEqual(one, other);
    return '';
  } catch (error) {
    return String((error as Error).message).slice(0, 1_000);
  }
}
