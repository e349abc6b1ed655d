import { PASSWORD } from '../../../../test/app.ts';
import { defineWalk } from '../../../../test/walk/define.ts';
import { colleague, fresh, nothing } from '../../../../test/walk/inputs.ts';
import type { SharedWorld } from '../../../../test/walk/shared-world.ts';

/** Everybody has an identity at the provider, with the id of their account. */
async function makeIdentities({ app }: SharedWorld): Promise<void> {
  await app.database.pool.query(
    `insert into identity (id, account_id, issuer, subject, created_at, last_used_at)
     select id, id, 'https://provider.example', id::text, now(), now() from account where not is_bot`,
  );
}

export const walk = defineWalk({
  prepare: makeIdentities,
  table: `
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
instance.get                                 ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
admin.settings                               401  403  403  403  403  403  403  403  403  403  403  403  ok
admin.updateSettings                         401  403  403  403  403  403  403  403  403  403  403  403  ok
admin.rotateKeys                             401  403  403  403  403  403  403  403  403  403  403  403  ok
adminUsers.list                              401  403  403  403  403  403  403  403  403  403  403  403  ok
adminUsers.get                               401  403  403  403  403  403  403  403  403  403  403  403  ok
adminUsers.update                            401  403  403  403  403  403  403  403  403  403  403  403  ok
adminUsers.update / oneself                  401  403  403  403  403  403  403  403  403  403  403  403  conflict
adminUsers.signOut                           401  403  403  403  403  403  403  403  403  403  403  403  ok
adminUsers.resetSecondFactor / has none      401  403  403  403  403  403  403  403  403  403  403  403  conflict
adminUsers.removePicture / has none          401  403  403  403  403  403  403  403  403  403  403  403  conflict
adminUsers.delete                            401  403  403  403  403  403  403  403  403  403  403  403  ok
audit.list                                   401  403  403  403  403  403  403  403  403  403  403  403  ok
audit.export                                 401  403  403  403  403  403  403  403  403  403  403  403  ok
`,
  inputs: {
    'auth.register': () => ({ name: 'Someone New', email: `${fresh()}@example.org`, password: PASSWORD }),
    'auth.login': ({ w }) => ({ email: w.colleague.email, password: PASSWORD }),
    'auth.verifyOtp / unknown challenge': () => ({ challengeId: fresh(), code: '000000' }),
    'auth.resendOtp / unknown challenge': () => ({ challengeId: fresh() }),
    'auth.twoFactor': nothing,
    'auth.enableTwoFactor': nothing,
    'auth.confirmTwoFactor / wrong code': () => ({ code: '000000' }),
    'auth.sendTwoFactorCode / none turned on': nothing,
    'auth.renewRecoveryCodes / none turned on': () => ({ code: '000000' }),
    'auth.disableTwoFactor / none turned on': () => ({ password: PASSWORD, code: '000000' }),
    // For a known address, the rest happens later, in a job.
    'auth.forgotPassword': () => ({ email: `${fresh()}@example.org` }),
    'auth.resetPassword / unknown link': () => ({ token: fresh(), password: 'a wholly new phrase' }),
    'auth.changePassword': () => ({ current: PASSWORD, password: 'a wholly new phrase' }),
    'auth.reopenSignIn / unknown link': () => ({ token: fresh() }),
    'auth.providers': nothing,
    'auth.identities': nothing,
    'auth.linkIdentity': () => ({ provider: 'sso', password: PASSWORD }),
    'auth.linkIdentity / not offered': () => ({ provider: 'google', password: PASSWORD }),
    'auth.unlinkIdentity / own': (_, { userId }) => ({ identityId: userId }),
    'auth.unlinkIdentity / of another': ({ w }) => ({ identityId: w.colleague.userId }),
    'auth.refresh': ({ w }) => ({ refreshToken: w.colleague.refreshToken }),
    'auth.verifyEmail / wrong code': () => ({ otp: '000000' }),
    'auth.resendVerification': nothing,
    'auth.sessions': nothing,
    'auth.revokeSession / own': (_, { otherSessionId }) => ({ sessionId: otherSessionId }),
    'auth.revokeSession / of another': ({ w }) => ({ sessionId: w.colleague.actor.sessionId }),
    'auth.logout': nothing,
    'auth.logoutAll': nothing,
    'users.me': nothing,
    'users.updateMe': () => ({ name: `Renamed ${fresh()}` }),
    'users.export': nothing,
    'users.delete': () => ({ password: PASSWORD }),
    'users.get': colleague,
    'tokens.create': () => ({ name: 'Script', scopes: ['read'] }),
    'tokens.list': nothing,
    'tokens.revoke': (_, { apiTokenId }) => ({ tokenId: apiTokenId }),
    'tokens.revoke / of another': ({ w }) => ({ tokenId: w.botTokenId }),
    'instance.get': nothing,
    'admin.settings': nothing,
    'admin.updateSettings': () => ({ unverifiedMay: 'everything' }),
    'admin.rotateKeys': nothing,
    'adminUsers.list': nothing,
    'adminUsers.get': colleague,
    'adminUsers.update': ({ w }) => ({ userId: w.colleague.userId, role: 'user' }),
    'adminUsers.update / oneself': (_, { userId }) => ({ userId, disabled: true }),
    'adminUsers.signOut': colleague,
    'adminUsers.resetSecondFactor / has none': colleague,
    'adminUsers.removePicture / has none': colleague,
    'adminUsers.delete': colleague,
    'audit.list': nothing,
    'audit.export': nothing,
  },
});
