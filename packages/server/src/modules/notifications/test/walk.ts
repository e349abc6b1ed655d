import { defineWalk, type InputFor } from '../../../../test/walk/define.ts';
import { channel, fresh, nothing, openChannel } from '../../../../test/walk/inputs.ts';
import type { SharedWorld } from '../../../../test/walk/shared-world.ts';
import { unsubscribeUrl } from '../unsubscribing/links.ts';
import { deviceKey } from './device-key.ts';

/** A new device. */
const subscription = (publicKey: string) => ({
  endpoint: `https://push.example.org/${fresh()}`,
  keys: { p256dh: deviceKey, auth: 'a'.repeat(22) },
  publicKey,
  device: 'Phone',
});

/** The insider has a notification: a task of the manager is assigned to them. */
async function prepare({ app, w, people }: SharedWorld) {
  const memberIds = [people.insider.userId];
  await w.manager.call('tasks.create', { workspaceId: w.id, title: 'Read the news', memberIds });
  const { items } = await people.insider.call('notifications.list', {});
  const { publicKey } = await people.insider.call('push.key', {});
  const device = await people.insider.call('push.subscribe', subscription(publicKey));
  const link = { appUrl: 'http://localhost', userId: people.insider.userId, kind: 'order' } as const;
  const url = await app.app.transact({ actorId: null }, ({ tx }) => unsubscribeUrl(tx, link));
  const mailToken = url.slice(url.lastIndexOf('/') + 1);
  return { ofInsider: items[0]?.id ?? '', publicKey, deviceOfInsider: device.id, mailToken };
}
type Build = InputFor<Awaited<ReturnType<typeof prepare>>>;

const ofInsider: Build = ({ ofInsider: notificationId }) => ({ notificationId });

export const walk = defineWalk<Awaited<ReturnType<typeof prepare>>>({
  prepare,
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
notifications.list                           401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
notifications.unreadCount                    401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
notifications.read                           401  unv  unv  404  404  404  404  404  ok   404  404  404  404
notifications.readAll                        401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
notifications.decisions                      401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
notifications.resendMail                     401  unv  unv  404  404  404  404  404  404  404  404  404  404
notifications.preferences                    401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
notifications.updatePreferences              401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
notifications.setConversation                401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
notifications.setConversation / open         401  unv  unv  404  404  404  404  403  403  ok   403  403  404
notifications.unsubscribe                    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
notifications.unsubscribe / unknown token    404  404  404  404  404  404  404  404  404  404  404  404  404
notifications.view                           401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
push.key                                     401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
push.list                                    401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
push.subscribe                               401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
push.unsubscribe                             401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
push.rotateKey                               401  403  403  403  403  403  403  403  403  403  403  403  ok
mails.list                                   401  403  403  403  403  403  403  403  403  403  403  403  ok
mails.resend                                 401  403  403  403  403  403  403  403  403  403  403  403  404
`,
  inputs: {
    'notifications.list': nothing,
    'notifications.unreadCount': nothing,
    'notifications.read': ofInsider,
    'notifications.readAll': nothing,
    'notifications.decisions': nothing,
    'notifications.resendMail': ({ w }) => ({ mailId: w.id }),
    'notifications.preferences': nothing,
    'notifications.updatePreferences': () => ({ hourlyCap: 20 }),
    'notifications.setConversation': (...world) => ({ ...channel(...world), level: 'all' }),
    'notifications.setConversation / open': (...world) => ({ ...openChannel(...world), level: 'all' }),
    'notifications.unsubscribe': ({ mailToken: token }) => ({ token }),
    'notifications.unsubscribe / unknown token': () => ({ token: fresh() }),
    'notifications.view': ({ w }) => ({ ids: [w.id] }),
    'push.key': nothing,
    'push.list': nothing,
    'push.subscribe': ({ publicKey }) => subscription(publicKey),
    'push.unsubscribe': ({ deviceOfInsider }) => ({ subscriptionId: deviceOfInsider }),
    'push.rotateKey': nothing,
    'mails.list': nothing,
    'mails.resend': ({ w }) => ({ mailId: w.id }),
  },
});
