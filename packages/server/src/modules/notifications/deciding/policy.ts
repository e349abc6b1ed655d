import type { DecisionReason, NotificationPreferences, NotificationType } from '@atrium/protocol';

/** What the decision is based on. */
export interface DecisionFacts {
  type: NotificationType;
  preferences: NotificationPreferences;
  /** The channels that the caller requires, whatever the preferences: a reminder by mail. */
  requested?: { mail: boolean; push: boolean } | undefined;
  /** The person asked for it at this time: neither quiet hours nor the cap delay it. */
  urgent: boolean;
  /** The person's level for the conversation, and how the message concerns them. */
  conversation?: { level: 'all' | 'mentions' | 'nothing' | undefined; addressed: boolean } | undefined;
  hasAddress: boolean;
  hasDevice: boolean;
  doNotDisturb: boolean;
  /** Mails and push messages of the last hour. */
  recent: number;
  /** The end of the current quiet hours; undefined if there are none now. */
  quietUntil: Date | undefined;
  /** The time of the next digest; undefined if mails are sent one by one. */
  digestAt: Date | undefined;
  now: Date;
}

/** The decision about one channel. */
export interface Decided {
  used: boolean;
  reason: DecisionReason;
  /** When it is sent; for mail and push. */
  at?: Date;
  /** Part of the next digest instead of a mail of its own. */
  inDigest?: true;
}

export interface Decision {
  app: Decided;
  mail: Decided;
  push: Decided;
}

/** A mail is sent only about what is still unread after this time. */
const MAIL_GRACE_MS = 5 * 60_000;
/** Time to read it first on another device. */
const PUSH_GRACE_MS = 2_000;

const skipped = (reason: DecisionReason): Decided => ({ used: false, reason });

/** Why the conversation's level suppresses this notification; undefined if it does not. */
function mutedBy({ conversation }: DecisionFacts): DecisionReason | undefined {
  if (conversation?.level === 'nothing') return 'conversation_nothing';
  if (conversation?.level === 'mentions' && !conversation.addressed) return 'conversation_mentions_only';
  return undefined;
}

function outward(facts: DecisionFacts, channel: 'mail' | 'push', graceMs: number): Decided {
  const { now, preferences, quietUntil, recent, requested, type, urgent } = facts;
  if (requested !== undefined && !requested[channel]) return skipped('not_requested');
  if (requested === undefined && !preferences.channels[type][channel]) return skipped('type_off');
  const reason = requested === undefined ? 'preference' : 'requested';
  if (urgent) return { used: true, reason, at: now };
  if (recent >= preferences.hourlyCap) return skipped('hourly_cap');
  if (quietUntil !== undefined) return { used: true, reason: 'quiet_hours', at: quietUntil };
  return { used: true, reason, at: new Date(now.getTime() + graceMs) };
}

function decideMail(facts: DecisionFacts): Decided {
  if (!facts.hasAddress) return skipped('no_address');
  const decided = outward(facts, 'mail', MAIL_GRACE_MS);
  if (!decided.used || facts.urgent || facts.digestAt === undefined) return decided;
  return { used: true, reason: 'digest', at: facts.digestAt, inDigest: true };
}

function decidePush(facts: DecisionFacts): Decided {
  if (!facts.hasDevice) return skipped('no_device');
  if (facts.doNotDisturb && !facts.urgent) return skipped('do_not_disturb');
  return outward(facts, 'push', PUSH_GRACE_MS);
}

/** Decides which channels are used to notify a person of an event, and why. */
export function decide(facts: DecisionFacts): Decision {
  const muted = mutedBy(facts);
  if (muted !== undefined) return { app: skipped(muted), mail: skipped(muted), push: skipped(muted) };
  const app: Decided = facts.preferences.channels[facts.type].app
    ? { used: true, reason: 'preference' }
    : skipped('type_off');
  return { app, mail: decideMail(facts), push: decidePush(facts) };
}
