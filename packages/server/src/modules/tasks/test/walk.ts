import { defineWalk, type InputFor } from '../../../../test/walk/define.ts';
import { fresh, inOpen, nothing, ofColleague, workspaceId } from '../../../../test/walk/inputs.ts';
import type { SharedWorld, Side } from '../../../../test/walk/shared-world.ts';

/** Ids of tasks of a workspace, and of their comments and labels. */
interface Made {
  /** Owned by the manager, visible to the workspace; the colleague is a member. */
  open: string;
  /** Owned by the manager, visible to members only: the colleague, and the insider if there is one. */
  closed: string;
  /** Like `closed`, in the trash. */
  trashed: string;
  /** Owned by the manager, visible to members only: the guest if there is one. */
  visited: string;
  /** The manager's comment on `closed`. */
  comment: string;
  label: string;
}

async function make(
  { id, manager, colleague, owner }: Side,
  others: readonly string[],
  guests: readonly string[],
): Promise<Made> {
  const memberIds = [colleague.userId, ...others];
  const task = async (title: string, visibility: 'workspace' | 'members', members: readonly string[]) =>
    (await manager.call('tasks.create', { workspaceId: id, title, visibility, memberIds: [...members] })).id;
  const open = await task('Paint the fence', 'workspace', [colleague.userId]);
  const closed = await task('Buy a present', 'members', memberIds);
  const trashed = await task('Mow the lawn', 'members', memberIds);
  await manager.call('tasks.delete', { taskId: trashed });
  const visited = await task('Water the roses', 'members', guests);
  const comment = await manager.call('taskComments.add', { taskId: closed, content: 'A spade?' });
  const label = await owner.call('labels.create', { workspaceId: id, name: 'Garden' });
  return { open, closed, trashed, visited, comment: comment.id, label: label.id };
}

async function prepare({ w, v, people }: SharedWorld) {
  return { mine: await make(w, [people.insider.userId], [people.guest.userId]), theirs: await make(v, [], []) };
}
type Fixtures = Awaited<ReturnType<typeof prepare>>;
type Build = InputFor<Fixtures>;

const open: Build = ({ mine }) => ({ taskId: mine.open });
const closed: Build = ({ mine }) => ({ taskId: mine.closed });
const visited: Build = ({ mine }) => ({ taskId: mine.visited });
const comment: Build = ({ mine }) => ({ taskId: mine.closed, commentId: mine.comment });
const label: Build = ({ w, mine }) => ({ workspaceId: w.id, labelId: mine.label });

export const walk = defineWalk<Fixtures>({
  prepare,
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
tasks.create                                 401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
tasks.create / in W                          401  unv  unv  404  404  403  403  ok   ok   ok   ok   ok   404
tasks.create / with someone of V             401  unv  unv  404  404  403  403  invalid_input invalid_input invalid_input invalid_input invalid_input 404
tasks.list                                   401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
tasks.list / of W                            401  unv  ok   404  404  ok   ok   ok   ok   ok   ok   ok   404
tasks.get                                    401  unv  404  404  404  404  404  404  ok   ok   404  404  404
tasks.get / open                             401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
tasks.get / in the trash                     401  unv  404  404  404  404  404  404  404  404  404  404  404
tasks.get / of V                             401  unv  404  404  ok   404  404  404  404  404  404  404  404
tasks.update                                 401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
tasks.update / open                          401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
tasks.update / visibility                    401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
tasks.move                                   401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
tasks.move / open                            401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
tasks.delete                                 401  unv  unv  404  404  404  404  404  403  ok   404  404  404
tasks.delete / open                          401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
tasks.restore                                401  unv  unv  404  404  404  404  404  403  ok   404  404  404
tasks.addMember                              401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
tasks.addMember / open                       401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
tasks.addMember / someone of V               401  unv  unv  404  404  404  404  invalid_input invalid_input invalid_input invalid_input invalid_input 404
tasks.removeMember                           401  unv  unv  404  404  404  404  404  403  ok   404  404  404
tasks.removeMember / oneself                 401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
tasks.removeMember / open                    401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
tasks.activity                               401  unv  404  404  404  404  404  404  ok   ok   404  404  404
tasks.activity / open                        401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
taskComments.list                            401  unv  404  404  404  404  404  404  ok   ok   404  404  404
taskComments.add                             401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
taskComments.add / open                      401  unv  unv  404  404  404  404  403  403  ok   403  403  404
taskComments.update                          401  unv  unv  404  404  404  404  404  403  ok   404  404  404
taskComments.delete                          401  unv  unv  404  404  404  404  404  403  ok   404  404  404
labels.list                                  401  unv  ok   404  404  403  403  ok   ok   ok   ok   ok   404
labels.create                                401  unv  unv  404  404  403  403  ok   ok   ok   ok   ok   404
labels.update                                401  unv  unv  404  404  403  403  ok   ok   ok   ok   ok   404
labels.delete                                401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
labels.delete / of V                         401  unv  unv  404  404  403  403  403  403  403  404  404  404
tasks.get / of a guest                       401  unv  404  404  404  ok   404  404  404  ok   404  404  404
tasks.update / of a guest                    401  unv  unv  404  404  ok   404  404  404  ok   404  404  404
tasks.delete / of a guest                    401  unv  unv  404  404  403  404  404  404  ok   404  404  404
tasks.addMember / of a guest                 401  unv  unv  404  404  403  404  404  404  ok   404  404  404
tasks.removeMember / of a guest              401  unv  unv  404  404  ok   404  404  404  ok   404  404  404
taskComments.add / of a guest                401  unv  unv  404  404  ok   404  404  404  ok   404  404  404
tasks.bulk                                   401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
tasks.fromMessage                            401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
tasks.fromMessage / public                   401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
tasks.ofMessages                             401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
tasks.ofMessages / public                    401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
`,
  inputs: {
    'tasks.bulk': ({ mine }) => ({ taskIds: [mine.open], action: { type: 'complete' } }),
    'tasks.fromMessage': (...world) => ({ ...ofColleague(...world), title: fresh() }),
    'tasks.fromMessage / public': (...world) => ({ ...inOpen(...world), title: fresh() }),
    'tasks.ofMessages': ({ w }) => ({ conversationId: w.channel, messageIds: [w.messages.manager] }),
    'tasks.ofMessages / public': ({ w }) => ({ conversationId: w.open, messageIds: [w.messages.open] }),
    'tasks.create': () => ({ title: fresh() }),
    'tasks.create / in W': ({ w }) => ({ workspaceId: w.id, title: fresh() }),
    'tasks.create / with someone of V': ({ w, v }) => ({
      workspaceId: w.id,
      title: fresh(),
      memberIds: [v.colleague.userId],
    }),
    'tasks.get / of a guest': visited,
    'tasks.update / of a guest': (...world) => ({ ...visited(...world), title: fresh() }),
    'tasks.delete / of a guest': visited,
    'tasks.addMember / of a guest': ({ w, mine }) => ({ taskId: mine.visited, userId: w.spare.userId }),
    'tasks.removeMember / of a guest': ({ mine, people }) => ({ taskId: mine.visited, userId: people.guest.userId }),
    'taskComments.add / of a guest': (...world) => ({ ...visited(...world), content: fresh() }),
    'tasks.list': nothing,
    'tasks.list / of W': workspaceId,
    'tasks.get': closed,
    'tasks.get / open': open,
    'tasks.get / in the trash': ({ mine }) => ({ taskId: mine.trashed }),
    'tasks.get / of V': ({ theirs }) => ({ taskId: theirs.closed }),
    'tasks.update': ({ mine }) => ({ taskId: mine.closed, title: fresh() }),
    'tasks.update / open': ({ mine }) => ({ taskId: mine.open, title: fresh() }),
    'tasks.update / visibility': ({ mine }) => ({ taskId: mine.open, visibility: 'members' }),
    'tasks.move': ({ mine }) => ({ taskId: mine.closed, status: 'in-progress' }),
    'tasks.move / open': ({ mine }) => ({ taskId: mine.open, status: 'in-progress' }),
    'tasks.delete': closed,
    'tasks.delete / open': open,
    'tasks.restore': ({ mine }) => ({ taskId: mine.trashed }),
    'tasks.addMember': ({ w, mine }) => ({ taskId: mine.closed, userId: w.spare.userId }),
    'tasks.addMember / open': ({ w, mine }) => ({ taskId: mine.open, userId: w.spare.userId }),
    'tasks.addMember / someone of V': ({ v, mine }) => ({ taskId: mine.open, userId: v.colleague.userId }),
    'tasks.removeMember': ({ w, mine }) => ({ taskId: mine.closed, userId: w.colleague.userId }),
    'tasks.removeMember / oneself': ({ mine }, { userId }) => ({ taskId: mine.closed, userId }),
    'tasks.removeMember / open': ({ w, mine }) => ({ taskId: mine.open, userId: w.colleague.userId }),
    'tasks.activity': closed,
    'tasks.activity / open': open,
    'taskComments.list': closed,
    'taskComments.add': ({ mine }) => ({ taskId: mine.closed, content: fresh() }),
    'taskComments.add / open': ({ mine }) => ({ taskId: mine.open, content: fresh() }),
    'taskComments.update': (...world) => ({ ...comment(...world), content: fresh() }),
    'taskComments.delete': comment,
    'labels.list': workspaceId,
    'labels.create': ({ w }) => ({ workspaceId: w.id, name: fresh() }),
    'labels.update': (...world) => ({ ...label(...world), name: fresh() }),
    'labels.delete': label,
    'labels.delete / of V': ({ w, theirs }) => ({ workspaceId: w.id, labelId: theirs.label }),
  },
});
