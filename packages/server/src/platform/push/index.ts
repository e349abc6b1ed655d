export { type PushMessage, type PushResult, type PushSender, type PushTarget, sendPush } from './send.ts';
export { pushSubject } from './subject.ts';
