import { type Mail, mailTemplate } from '../../platform/mail/index.ts';
import { formatCode } from './codes.ts';

/** The mail that invites a person to a workspace. */
export function invitationMail(invitation: {
  address: string;
  inviter: string;
  workspace: string;
  /** The stored form. */
  code: string;
  expiresAt: Date;
  appUrl: string;
}): Mail {
  const { address, inviter, workspace, appUrl } = invitation;
  const code = formatCode(invitation.code);
  const until = invitation.expiresAt.toISOString().slice(0, 10);
  const { text, html } = mailTemplate({
    appUrl,
    title: `Join ${workspace}`,
    paragraphs: [
      `${inviter} invites you to the workspace “${workspace}”.`,
      'Open the link, or sign in and enter this code.',
      `It works once and expires on ${until}. If you do not know ${inviter}, ignore this email.`,
    ],
    code,
    // The fragment is not logged by servers and proxies.
    action: { label: 'Join the workspace', url: `join#${code}` },
  });
  return { to: { name: '', address }, subject: `You are invited to ${workspace}`, text, html };
}
