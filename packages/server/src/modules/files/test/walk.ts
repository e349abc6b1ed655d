import { DOT } from '../../../../test/multipart.ts';
import { defineWalk, type InputFor } from '../../../../test/walk/define.ts';
import { channel, workspaceId } from '../../../../test/walk/inputs.ts';
import type { SharedWorld, Side } from '../../../../test/walk/shared-world.ts';

const FILES = [{ name: 'plan.txt', type: 'text/plain', content: 'Roses, then beans' }];

async function make(side: Side, others: readonly string[]) {
  const { id, manager, colleague } = side;
  const memberIds = [colleague.userId, ...others];
  const task = async (title: string, visibility: 'workspace' | 'members', members: readonly string[]) =>
    (await manager.call('tasks.create', { workspaceId: id, title, visibility, memberIds: [...members] })).id;
  const closed = await task('Plan a party', 'members', memberIds);
  const open = await task('Plan the beds', 'workspace', [colleague.userId]);
  const add = async (taskId: string) =>
    (await manager.call('attachments.addToTask', { taskId }, { files: FILES })).attachments[0]?.id ?? '';
  const own = await manager.call('attachments.upload', { workspaceId: id }, { files: FILES });
  const unused = own.attachments[0]?.id ?? '';
  return { closed, open, ofClosed: await add(closed), ofOpen: await add(open), unused, ...(await show(id, side)) };
}

/** The manager is shown by a picture, and so is a product of the shop. */
async function show(workspaceId: string, { manager, owner }: Side) {
  const [mine] = (await manager.call('attachments.upload', {}, { files: [DOT] })).attachments;
  await manager.call('users.updateMe', { avatar: mine?.url ?? null });
  const [file] = (await owner.call('attachments.upload', { workspaceId }, { files: [DOT] })).attachments;
  const fileId = file?.id ?? '';
  const product = { workspaceId, name: 'Rake', price: 1250, currency: 'EUR', images: [{ fileId }] };
  await owner.call('products.create', product);
  return { avatar: mine?.id ?? '', ofProduct: fileId };
}

async function prepare({ w, v, people }: SharedWorld) {
  return { mine: await make(w, [people.insider.userId]), theirs: await make(v, []) };
}
type Fixtures = Awaited<ReturnType<typeof prepare>>;
type Build = InputFor<Fixtures>;

const ofClosed: Build = ({ mine }) => ({ attachmentId: mine.ofClosed });
const ofOpen: Build = ({ mine }) => ({ attachmentId: mine.ofOpen });
const unused: Build = ({ mine }) => ({ attachmentId: mine.unused });
const avatar: Build = ({ mine }) => ({ attachmentId: mine.avatar });
const ofProduct: Build = ({ mine }) => ({ attachmentId: mine.ofProduct });
const theirs: Build = ({ theirs: { ofOpen: attachmentId } }) => ({ attachmentId });
const closedTask: Build = ({ mine }) => ({ taskId: mine.closed });
const openTask: Build = ({ mine }) => ({ taskId: mine.open });

export const walk = defineWalk<Fixtures>({
  prepare,
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
attachments.upload                           401  unv  unv  404  404  ok   ok   ok   ok   ok   ok   ok   404
attachments.upload / for oneself              401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
attachments.addToTask                        401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
attachments.addToTask / open                 401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
attachments.ofTask                           401  unv  404  404  404  404  404  404  ok   ok   404  404  404
attachments.ofTask / open                    401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
attachments.ofConversation                   401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
attachments.get                              401  unv  404  404  404  404  404  404  ok   ok   404  404  404
attachments.get / open                       401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
attachments.get / unused                     401  unv  404  404  404  404  404  404  404  ok   404  404  404
attachments.get / avatar                     401  unv  ok   404  404  ok   404  ok   ok   ok   ok   ok   ok
attachments.get / of a product               401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
attachments.get / of V                       401  unv  404  404  ok   404  404  404  404  404  404  404  404
attachments.link                             401  unv  404  404  404  404  404  404  ok   ok   404  404  404
attachments.link / open                      401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
attachments.delete                           401  unv  unv  404  404  404  404  404  403  ok   404  404  404
attachments.delete / open                    401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
attachments.delete / unused                  401  unv  unv  404  404  404  404  404  404  ok   404  404  404
attachments.delete / avatar                  401  unv  unv  404  404  403  404  403  403  ok   403  403  403
attachments.delete / of a product            401  unv  unv  403  403  403  403  403  403  403  ok   ok   403
attachments.ofWorkspace                      401  unv  ok   404  404  ok   ok   ok   ok   ok   ok   ok   404
attachments.usage                            401  unv  ok   404  404  ok   ok   ok   ok   ok   ok   ok   404
`,
  inputs: {
    'attachments.upload': workspaceId,
    'attachments.upload / for oneself': () => ({}),
    'attachments.addToTask': closedTask,
    'attachments.addToTask / open': openTask,
    'attachments.ofTask': closedTask,
    'attachments.ofTask / open': openTask,
    'attachments.ofConversation': channel,
    'attachments.get': ofClosed,
    'attachments.get / open': ofOpen,
    'attachments.get / unused': unused,
    'attachments.get / avatar': avatar,
    'attachments.get / of a product': ofProduct,
    'attachments.get / of V': theirs,
    'attachments.link': ofClosed,
    'attachments.link / open': ofOpen,
    'attachments.delete': ofClosed,
    'attachments.delete / open': ofOpen,
    'attachments.delete / unused': unused,
    'attachments.delete / avatar': avatar,
    'attachments.delete / of a product': ofProduct,
    'attachments.ofWorkspace': workspaceId,
    'attachments.usage': workspaceId,
  },
});
