/**
 * Who may do what: one row for each operation, and more where the outcome depends on the thing it is done to. The test
 * beside it does every row as every role, by REST and by the socket; what may be done, by the two in turn.
 *
 *   ok    done                             404   not visible: the same answer as for a thing that does not exist
 *   401   sign in first                    403   visible, but not permitted
 *   unv   verify the e-mail address first  else  the code of the refusal
 *
 * "It" is workspace W, a private channel in it, and a colleague who is in both; their twins are in workspace V.
 */

/** The roles in the order of the columns. */
export const roles = [
  /** Nobody, and those who are no longer somebody: see `strangersToAll`. */
  'nobody',
  /** In W and in the channel, but the e-mail address is not verified, and the instance says: may do nothing. */
  'unverified',
  /** The same, and the instance says: may read. */
  'unverifiedReader',
  /** Has an account and shares no workspace with anyone. */
  'stranger',
  /** Owner of V and manager of the twin channel. */
  'neighbour',
  'guest',
  'customer',
  /** Member of W, not of the channel. */
  'member',
  /** Member of both. */
  'insider',
  /** Member of W who runs the channels, and the only one in the public one. */
  'manager',
  'admin',
  'owner',
  /** Runs the instance, is in neither workspace. */
  'instanceAdmin',
] as const;
export type Role = (typeof roles)[number];

/** Who is `nobody` in the table: each is tried. */
export const strangersToAll = ['anonymous', 'revoked', 'expired', 'refreshToken'] as const;

const table = `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
auth.register                                ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.login                                   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.verifyOtp / unknown challenge           challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed
auth.resendOtp / unknown challenge           challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed challenge_failed
auth.twoFactor                               401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.enableTwoFactor                         401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.confirmTwoFactor / wrong code           401  code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong
auth.sendTwoFactorCode / none turned on      401  conflict conflict conflict conflict conflict conflict conflict conflict conflict conflict conflict conflict
auth.renewRecoveryCodes / none turned on     401  conflict conflict conflict conflict conflict conflict conflict conflict conflict conflict conflict conflict
auth.disableTwoFactor / none turned on       401  conflict conflict conflict conflict conflict conflict conflict conflict conflict conflict conflict conflict
auth.forgotPassword                          ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.resetPassword / unknown link            link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong
auth.changePassword                          401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.reopenSignIn / unknown link             link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong link_wrong
auth.providers                               ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.identities                              401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.linkIdentity                            401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.linkIdentity / not offered              401  unv  unv  404  404  404  404  404  404  404  404  404  404
auth.unlinkIdentity / own                    401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.unlinkIdentity / of another             401  404  404  404  404  404  404  404  404  404  404  404  404
auth.refresh                                 ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.verifyEmail / wrong code                401  code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong code_wrong
auth.resendVerification                      401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.sessions                                401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.revokeSession / own                     401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.revokeSession / of another              401  404  404  404  404  404  404  404  404  404  404  404  404
auth.logout                                  401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
auth.logoutAll                               401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
users.me                                     401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
users.updateMe                               401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
users.export                                 401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
users.delete                                 401  ok   ok   ok   last_owner ok   ok   ok   ok   ok   ok   last_owner conflict
users.get                                    401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
tokens.create                                401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
tokens.list                                  401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
tokens.revoke                                401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
tokens.revoke / of another                   401  404  404  404  404  404  404  404  404  404  404  404  404
admin.settings                               401  403  403  403  403  403  403  403  403  403  403  403  ok
admin.updateSettings                         401  403  403  403  403  403  403  403  403  403  403  403  ok
admin.rotateKeys                             401  403  403  403  403  403  403  403  403  403  403  403  ok
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
conversations.create                         401  unv  unv  404  404  403  403  ok   ok   ok   ok   ok   404
conversations.create / support case          401  unv  unv  404  404  403  ok   invalid_input invalid_input invalid_input invalid_input invalid_input 404
conversations.create / with someone of V     401  unv  unv  404  404  403  403  invalid_input invalid_input invalid_input invalid_input invalid_input 404
conversations.list                           401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
conversations.list / directory               401  unv  ok   404  404  403  403  ok   ok   ok   ok   ok   404
conversations.get                            401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
conversations.get / public                   401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
conversations.update                         401  unv  unv  404  404  404  404  404  403  ok   404  404  404
conversations.update / public                401  unv  unv  404  404  404  404  403  403  ok   403  403  404
conversations.delete                         401  unv  unv  404  404  404  404  404  403  ok   404  404  404
conversations.delete / public                401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
conversations.members                        401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
conversations.members / public               401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
conversations.addMember                      401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
conversations.addMember / public             401  unv  unv  404  404  404  404  403  403  ok   403  403  404
conversations.addMember / someone of V       401  unv  unv  404  404  404  404  404  invalid_input invalid_input 404 404 404
conversations.removeMember                   401  unv  unv  404  404  404  404  404  403  ok   404  404  404
conversations.removeMember / oneself         401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
conversations.removeMember / public          401  unv  unv  404  404  404  404  403  403  404  403  403  404
conversations.join                           401  unv  unv  404  404  404  404  404  already_member already_member 404 404 404
conversations.join / public                  401  unv  unv  404  404  404  404  ok   ok   already_member ok ok 404
messages.send                                401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
messages.send / public                       401  unv  unv  404  404  404  404  403  403  ok   403  403  404
messages.send / answer to nothing            401  unv  unv  404  404  404  404  404  invalid_input invalid_input 404 404 404
messages.send / to a colleague               401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
messages.send / to someone of V              401  unv  unv  404  ok   404  404  404  404  404  404  404  404
messages.list                                401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
messages.list / public                       401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
messages.ack                                 401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
messages.ack / public                        401  unv  unv  404  404  404  404  403  403  ok   403  403  404
messages.get                                 401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
messages.get / public                        401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
messages.update / own                        401  unv  unv  404  404  404  404  404  403  ok   404  404  404
messages.update / of another                 401  unv  unv  404  404  404  404  404  403  403  404  404  404
messages.update / public                     401  unv  unv  404  404  404  404  403  403  ok   403  403  404
messages.delete / own                        401  unv  unv  404  404  404  404  404  403  ok   404  404  404
messages.delete / of another                 401  unv  unv  404  404  404  404  404  403  ok   404  404  404
messages.delete / public                     401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
messages.history                             401  unv  403  404  404  404  404  404  403  ok   404  404  404
messages.history / public                    401  unv  403  404  404  404  404  403  403  ok   ok   ok   404
reactions.add                                401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
reactions.add / public                       401  unv  unv  404  404  404  404  403  403  ok   403  403  404
reactions.remove                             401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
reactions.remove / public                    401  unv  unv  404  404  404  404  403  403  ok   403  403  404
threads.list                                 401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
threads.replies                              401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
threads.replies / public                     401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
threads.read                                 401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
threads.read / public                        401  unv  unv  404  404  404  404  403  403  ok   403  403  404
threads.follow                               401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
threads.follow / public                      401  unv  unv  404  404  404  404  403  403  ok   403  403  404
threads.unfollow                             401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
threads.unfollow / public                    401  unv  unv  404  404  404  404  403  403  ok   403  403  404
pins.list                                    401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
pins.list / public                           401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
pins.add                                     401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
pins.add / public                            401  unv  unv  404  404  404  404  403  403  ok   403  403  404
pins.remove                                  401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
pins.remove / public                         401  unv  unv  404  404  404  404  403  403  ok   403  403  404
saved.list                                   401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
saved.add                                    401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
saved.add / public                           401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
saved.remove                                 401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
drafts.set                                   401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
drafts.set / public                          401  unv  unv  404  404  404  404  403  403  ok   403  403  404
typing.start                                 401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
typing.start / public                        401  unv  unv  404  404  404  404  403  403  ok   403  403  404
typing.stop                                  401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
support.queue                                401  unv  ok   404  404  403  403  ok   ok   ok   ok   ok   404
support.take                                 401  unv  unv  404  404  404  403  ok   ok   ok   ok   ok   404
support.take / no case                       401  unv  unv  404  404  404  404  404  conflict conflict 404 404 404
support.assign                               401  unv  unv  404  404  404  403  403  403  403  ok   ok   404
support.assign / to a customer               401  unv  unv  404  404  404  403  invalid_input invalid_input invalid_input invalid_input invalid_input 404
support.release                              401  unv  unv  404  404  404  403  403  403  403  ok   ok   404
support.close                                401  unv  unv  404  404  404  403  403  403  403  ok   ok   404
retention.setWorkspace                       401  unv  unv  404  404  403  403  403  403  403  403  ok   404
retention.setConversation                    401  unv  unv  404  404  404  404  404  403  ok   404  404  404
exports.conversation                         401  unv  unv  404  404  404  404  404  403  ok   404  ok   404
exports.conversation / public                401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
webhooks.create                              401  unv  unv  404  404  404  404  404  403  ok   404  404  404
webhooks.list                                401  unv  403  404  404  404  404  404  403  ok   404  404  404
webhooks.update                              401  unv  unv  404  404  404  404  404  403  ok   404  404  404
webhooks.rotate                              401  unv  unv  404  404  404  404  404  403  ok   404  404  404
webhooks.delete                              401  unv  unv  404  404  404  404  404  403  ok   404  404  404
webhooks.delete / of another conversation    401  unv  unv  404  404  404  404  404  403  404  404  404  404
presence.get                                 401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
presence.list                                401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
presence.set                                 401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
presence.overview                            401  403  403  403  403  403  403  403  403  403  403  403  ok
commands.list                                401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
commands.run                                 401  unv  unv  404  404  404  404  404  403  ok   404  404  404
commands.run / public                        401  unv  unv  404  404  404  404  403  403  ok   403  403  404
commands.run / say                           401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
commands.run / unknown                       401  unv  unv  404  404  404  404  404  unknown_command unknown_command 404 404 404
search.messages                              401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
search.messages / in it                      401  unv  ok   404  404  404  404  404  ok   ok   404  404  404
search.messages / in public                  401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
streams.resume                               401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
streams.sync                                 401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
streams.snapshot                             401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
`;

/** One row of the table. */
export interface Row {
  /** `operation`, or `operation / what it is done to`. */
  title: string;
  operation: string;
  expected: Record<Role, string>;
}

/** The table, read. Throws for a line that does not have one outcome for each role. */
export const rows: readonly Row[] = table
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [, title = '', outcomes = ''] = /^(.{44})\s(.*)$/.exec(line) ?? [];
    const expected = outcomes.trim().split(/\s+/);
    if (expected.length !== roles.length) throw new Error(`${expected.length} outcomes in: ${line}`);
    const [operation = ''] = title.trim().split(' / ');
    return {
      title: title.trim(),
      operation,
      expected: Object.fromEntries(roles.map((role, at) => [role, expected[at]])),
    } as Row;
  });
