import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AtriumClient, AtriumError, createClient } from '@atrium/client';
import type { Places } from './pages.ts';

/** Whose screens they are. */
export const PERSON = { name: 'Ann Weber', email: 'ann@example.org', password: 'seven herons by the weir' };

const notFound = (what: string): never => {
  throw new Error(`The demo has no ${what}`);
};

/** A busy machine may take longer than a request: then the same is asked again. */
async function load({ api }: AtriumClient): Promise<string> {
  const key = randomUUID();
  for (;;) {
    try {
      return (await api.demo.load({}, { key })).workspaceId;
    } catch (error) {
      if (!(error instanceof AtriumError) || !['in_progress', 'network'].includes(error.code)) throw error;
      await sleep(1_000);
    }
  }
}

async function mailedCode(mails: readonly string[]): Promise<string> {
  for (;;) {
    const code = mails.map((mail) => /#code=(\d{6})/.exec(mail)?.[1]).find((found) => found !== undefined);
    if (code !== undefined) return code;
    await sleep(100);
  }
}

/** Opens the first account, whose address is verified. */
export async function openAccount({
  origin,
  mails,
}: {
  origin: string;
  mails: readonly string[];
}): Promise<AtriumClient> {
  const client = createClient({ url: origin });
  const { api } = client;
  const { email, password } = PERSON;
  await api.auth.register(PERSON);
  await client.signIn({ email, password });
  await api.users.updateMe({ username: 'ann', timezone: 'Europe/Berlin', locale: 'en-GB' });
  await api.auth.verifyEmail({ otp: await mailedCode(mails) });
  return client;
}

/** Fills the instance, and closes the client. @returns where what is to be seen is */
export async function fillWithDemo(client: AtriumClient): Promise<Places> {
  const { api } = client;
  const workspace = await load(client);
  const conversations = (await api.conversations.list({ workspaceId: workspace, limit: 100 })).items;
  const channel = (name: string) => conversations.find((each) => each.name === name)?.id ?? notFound(name);
  const general = channel('general');
  const { items: messages } = await api.messages.list({ conversationId: general, limit: 100 });
  const { items: tasks } = await api.tasks.list({ workspaceId: workspace, scope: 'visible', limit: 100 });
  const places = {
    workspace,
    general,
    planting: channel('planting'),
    direct: conversations.findLast(({ kind }) => kind === 'direct')?.id ?? notFound('direct conversation'),
    support: (await api.support.queue({ workspaceId: workspace })).items[0]?.id ?? notFound('support case'),
    thread: messages.find(({ thread }) => thread)?.id ?? notFound('thread'),
    task: tasks.find(({ title }) => title === 'Repot the lemon trees')?.id ?? notFound('task'),
    order: (await api.orders.list({ workspaceId: workspace })).items.at(3)?.id ?? notFound('order'),
    product: (await api.products.list({ workspaceId: workspace })).items.at(0)?.id ?? notFound('product'),
    lastWeek: new Date(client.now() - 7 * 86_400_000).toISOString().slice(0, 10),
  };
  client.close();
  return places;
}
