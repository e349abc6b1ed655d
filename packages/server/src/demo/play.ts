import { enlist, type MailedCode, NAMES, type Name, type Player } from './cast.ts';
import { remindSoon } from './reminder.ts';
import type { Stage } from './stage.ts';
import { Talk } from './talk.ts';
import { timeTogether } from './time.ts';
import { fillWorkspace } from './workspace.ts';

/** Plays the demo on a server. Throws AtriumError, or Error when something that was sent never arrives. */
export async function play(url: string, stage: Stage, mailedCode: MailedCode): Promise<void> {
  const players = new Map<Name, Player>();
  try {
    stage.title('The people');
    for (const name of NAMES) players.set(name, await enlist(url, name, mailedCode));
    stage.fact(
      `${NAMES.join(', ')} have opened accounts${mailedCode ? ' and typed in the codes from their mails' : ''}.`,
    );
    const [ann, ben] = [players.get('Ann'), players.get('Ben')];
    if (!ann || !ben) throw new Error('Ann and Ben have not come');

    stage.title('The workspace');
    const { channels, messages, name, order, posted, streak, tasks, workspaceId } = await fillWorkspace(url, players);
    const list = [...channels.keys()].map((channel) => `#${channel}`).join(', ');
    stage.fact(`Ann has opened "${name}"; the others joined with her code.`);
    stage.fact(`#general, ${list}; ${messages} messages in them.`);
    stage.fact(`On the board of everyone: ${tasks.join(', ')}`);
    const timed = await timeTogether(workspaceId, players, () => stage.pause(1_200));
    const seconds = (timed.ms / 1_000).toFixed(1);
    stage.fact(`${timed.who.join(' and ')} have timed "${timed.title}" together: ${seconds} s for both.`);
    stage.fact(`Days in a row on which the host completed a task: ${streak}`);
    stage.fact(
      `Order ${order.number} of the market stall: ${order.quantity} × ${order.title}, ${order.status}; ${order.left} are left`,
    );
    stage.fact(`The till has posted into #${posted.channel}, to the address of a webhook:`);
    for (const line of posted.content.split('\n').filter(Boolean)) stage.says(posted.name, 'magenta', line, '');
    await stage.pause(800);

    stage.title('#planting');
    await Promise.all([ann.client.connect(), ben.client.connect()]);
    const conversationId = channels.get('planting') ?? '';
    const { items } = await ben.client.loadMessages(conversationId);
    const names = new Map([...players.values()].map((player) => [player.userId, player.name]));
    for (const { content, senderId, seq } of items) {
      stage.says(names.get(senderId) ?? '', 'blue', content, `№ ${seq} · history`);
    }
    await new Talk(stage, conversationId, { Ann: ann, Ben: ben }).play();

    const { text, lateMs, reason } = await remindSoon(ben, 'Look after Tenth Bean');
    stage.fact(`Ben was reminded ${(lateMs / 1_000).toFixed(1)} s after the time he chose: "${text}" (${reason})`);
  } finally {
    for (const { client } of players.values()) client.close();
  }
}
