export { type QueueContext, queueMail, resendMail } from './mail.ts';
export { type Mail, type Mailbox, parseMailbox } from './mailbox.ts';
export {
  developmentMailbox,
  MAILBOX_STYLE,
  type MailboxEntry,
  mailboxPageHeaders,
  renderLockedMailbox,
  renderMailboxPage,
  STILL,
} from './mailbox-page.ts';
export { createMailer, type Mailer, type MailerOptions } from './mailer.ts';
export { verifySmtp } from './smtp.ts';
export {
  type DeliveryMail,
  deleteMailsTo,
  deliveryOfMail,
  type MailOptions,
  type MailRow,
  mailPage,
  mailsOfDeliveries,
} from './store.ts';
export { strangerMailDelayMs } from './stranger-limit.ts';
export { type MailContent, type MailList, mailTemplate } from './template.ts';
export { sendTestMail } from './test-mail.ts';
