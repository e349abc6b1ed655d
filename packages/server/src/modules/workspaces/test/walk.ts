import { defineWalk, type InputFor } from '../../../../test/walk/define.ts';
import { fresh, nothing, workspaceId } from '../../../../test/walk/inputs.ts';

const member: InputFor = ({ w }) => ({ workspaceId: w.id, userId: w.colleague.userId });
const bot: InputFor = ({ w }) => ({ workspaceId: w.id, userId: w.botId });

export const walk = defineWalk({
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
workspaces.create                            401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
workspaces.list                              401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
workspaces.get                               401  unv  ok   404  404  ok   ok   ok   ok   ok   ok   ok   404
workspaces.update                            401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
workspaces.delete                            401  unv  unv  404  404  403  403  403  403  403  403  ok   404
workspaces.join                              401  unv  unv  ok   ok   already_member already_member already_member already_member already_member already_member already_member ok
workspaces.joinCode                          401  unv  403  404  404  403  403  403  403  403  ok   ok   404
workspaces.rotateJoinCode                    401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
workspaces.invite                            401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
workspaces.leave                             401  unv  unv  404  404  ok   ok   ok   ok   ok   ok   last_owner 404
members.list                                 401  unv  ok   404  404  ok   ok   ok   ok   ok   ok   ok   404
members.update                               401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
members.update / someone of V                401  unv  unv  404  404  403  403  403  403  403  404  404  404
members.update / the owner                   401  unv  unv  404  404  403  403  403  403  403  403  last_owner 404
members.update / make an owner               401  unv  unv  404  404  403  403  403  403  403  403  ok   404
members.remove                               401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
members.remove / someone of V                401  unv  unv  404  404  403  403  403  403  403  404  404  404
members.remove / the owner                   401  unv  unv  404  404  403  403  403  403  403  403  last_owner 404
bots.create                                  401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
bots.list                                    401  unv  403  404  404  403  403  403  403  403  ok   ok   404
bots.delete                                  401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
bots.delete / a person                       401  unv  unv  404  404  403  403  403  403  403  404  404  404
bots.delete / of V                           401  unv  unv  404  404  403  403  403  403  403  404  404  404
bots.createToken                             401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
bots.createToken / for a person              401  unv  unv  404  404  403  403  403  403  403  404  404  404
bots.createToken / for a bot of V            401  unv  unv  404  404  403  403  403  403  403  404  404  404
bots.tokens                                  401  unv  403  404  404  403  403  403  403  403  ok   ok   404
bots.tokens / of a person                    401  unv  403  404  404  403  403  403  403  403  404  404  404
bots.revokeToken                             401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
bots.revokeToken / of V                      401  unv  unv  404  404  403  403  403  403  403  404  404  404
`,
  inputs: {
    'workspaces.create': () => ({ name: 'New' }),
    'workspaces.list': nothing,
    'workspaces.get': workspaceId,
    'workspaces.update': ({ w }) => ({ workspaceId: w.id, name: `Renamed ${fresh()}` }),
    'workspaces.delete': workspaceId,
    'workspaces.join': ({ w }) => ({ code: w.code }),
    'workspaces.joinCode': workspaceId,
    'workspaces.rotateJoinCode': workspaceId,
    'workspaces.invite': ({ w }) => ({ workspaceId: w.id, email: `${fresh()}@example.org` }),
    'workspaces.leave': workspaceId,
    'members.list': workspaceId,
    'members.update': (world, caller) => ({ ...member(world, caller), role: 'guest' }),
    'members.update / someone of V': ({ w, v }) => ({ workspaceId: w.id, userId: v.colleague.userId, role: 'guest' }),
    'members.update / the owner': ({ w }) => ({ workspaceId: w.id, userId: w.owner.userId, role: 'admin' }),
    'members.update / make an owner': (world, caller) => ({ ...member(world, caller), role: 'owner' }),
    'members.remove': member,
    'members.remove / someone of V': ({ w, v }) => ({ workspaceId: w.id, userId: v.colleague.userId }),
    'members.remove / the owner': ({ w }) => ({ workspaceId: w.id, userId: w.owner.userId }),
    'bots.create': ({ w }) => ({ workspaceId: w.id, name: 'Helper' }),
    'bots.list': workspaceId,
    'bots.delete': bot,
    'bots.delete / a person': member,
    'bots.delete / of V': ({ w, v }) => ({ workspaceId: w.id, userId: v.botId }),
    'bots.createToken': (world, caller) => ({ ...bot(world, caller), name: 'Key', scopes: ['read'] }),
    'bots.createToken / for a person': (world, caller) => ({ ...member(world, caller), name: 'Key', scopes: ['read'] }),
    'bots.createToken / for a bot of V': ({ w, v }) => ({
      workspaceId: w.id,
      userId: v.botId,
      name: 'Key',
      scopes: ['read'],
    }),
    'bots.tokens': bot,
    'bots.tokens / of a person': member,
    'bots.revokeToken': (world, caller) => ({ ...bot(world, caller), tokenId: world.w.botTokenId }),
    'bots.revokeToken / of V': ({ w, v }) => ({ workspaceId: w.id, userId: v.botId, tokenId: v.botTokenId }),
  },
});
