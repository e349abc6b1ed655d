import {
  firstCharacters,
  type HookPayload,
  type HookRefusal,
  incomingHook,
  isVisible,
  type MessageVia,
  tidyLine,
  webhookPicture,
} from '@atrium/protocol';
import type { Logger } from 'pino';
import { v5 as uuidv5, validate } from 'uuid';
import type { Executor } from '../../platform/database/index.ts';
import type { Limiter } from '../../platform/limits/index.ts';
import { type PlainAnswer, type PlainRequest, type PlainRoute, ProblemError } from '../../platform/module/index.ts';
import { newId } from '../../platform/new-id.ts';
import type { ChatService } from '../chat/index.ts';
import { decodeBody, readPayload } from './format/payload.ts';
import { isSecret } from './secret.ts';
import { cut, markedTextOf } from './slack/content.ts';
import { mentionsIn, withoutMarks } from './slack/marks.ts';
import { touchWebhook, type WebhookRow, webhookById } from './store.ts';

const MAX_NAME = 80;
const MAX_KEY = 200;

export interface IncomingDeps {
  database: { readonly db: Executor };
  limiter: Pick<Limiter, 'enter' | 'consume'>;
  log: Pick<Logger, 'error' | 'warn'>;
  chat(): ChatService;
}

/** An error in Slack's words, which senders know. */
class Refusal extends Error {
  readonly word: HookRefusal;

  constructor(word: HookRefusal) {
    super(word);
    this.word = word;
  }
}

/** Slack's word for each of our problem codes. */
const WORDS: Readonly<Record<string, HookRefusal>> = {
  archived: 'channel_is_archived',
  not_found: 'no_service',
  idempotency_mismatch: 'invalid_payload',
  unsupported_media_type: 'unsupported_media_type',
  rate_limited: 'rate_limited',
};
const BY_STATUS: Readonly<Record<number, HookRefusal>> = {
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

function say(word: HookRefusal, retryAfterMs?: number): PlainAnswer {
  return { status: incomingHook.refusals[word], text: word, retryAfterMs };
}

/** One line without control characters, or undefined if nothing is visible. */
function nameFrom(username: string | undefined): string | undefined {
  const name = tidyLine((username ?? '').toWellFormed().replace(/[\p{Cc}\u2028\u2029]/gu, ' '));
  return isVisible(name) ? firstCharacters(name, MAX_NAME).trim() : undefined;
}

/** A URL that the contract accepts fits into every message; anything else is not a picture, even if stored earlier. */
function pictureFrom(address: string | null): string | null {
  return webhookPicture.safeParse(address).data ?? null;
}

function viaOf(webhook: WebhookRow, { username, icon_emoji = '', icon_url = '' }: HookPayload): MessageVia {
  return {
    webhookId: webhook.id,
    name: nameFrom(username) ?? webhook.name,
    avatar: pictureFrom(icon_url) ?? pictureFrom(webhook.avatar),
    emoji: /^:?([\w+-]{1,60}):?$/.exec(icon_emoji)?.[1] ?? null,
  };
}

/** The same key means the same message, however often it is posted. */
function intentOf(webhookId: string, key: string | string[] | undefined): string {
  return typeof key === 'string' && key !== '' && key.length <= MAX_KEY ? uuidv5(key, webhookId) : newId();
}

/** The endpoint that accepts messages from other programs, compatible with Slack's. */
export function incomingRoute({ database, limiter, log, chat }: IncomingDeps): PlainRoute {
  const { db } = database;

  /** Unknown, disabled and wrong URLs get the same response. */
  async function lookUp({ webhookId = '', secret = '' }: PlainRequest['params']): Promise<WebhookRow | undefined> {
    const webhook = validate(webhookId) ? await webhookById(db, webhookId) : undefined;
    return webhook !== undefined && isSecret(secret, webhook.secret_hash) && webhook.enabled ? webhook : undefined;
  }

  /** Failed attempts are counted by IP address. */
  async function find({ params, ip }: PlainRequest): Promise<WebhookRow> {
    const permit = await limiter.enter('hook', ip, undefined);
    let webhook: WebhookRow | undefined;
    try {
      webhook = await lookUp(params);
    } catch (error) {
      // It is unknown whether the attempt was wrong; a slot that is never released would make all others wait.
      await permit.succeeded();
      throw error;
    }
    if (webhook === undefined) {
      await permit.failed();
      throw new Refusal('no_service');
    }
    await permit.succeeded();
    return webhook;
  }

  /** The message is stored whether or not this succeeds: a sender that got an error would post it again. */
  async function remember(webhookId: string): Promise<void> {
    try {
      await touchWebhook(db, webhookId);
    } catch (error) {
      log.warn({ err: error, webhookId }, 'the use of a webhook was not remembered');
    }
  }

  return {
    path: incomingHook.path,
    bodyLimit: incomingHook.bodyLimit,
    contentTypes: ['*'],

    async handle(request) {
      const webhook = await find(request);
      await limiter.consume('webhook', webhook.id);
      const body = decodeBody(request.body, request.headers['content-type']);
      if (body === undefined) throw new Refusal('unsupported_media_type');
      const payload = readPayload(body);
      if (payload === undefined) throw new Refusal('invalid_payload');
      const text = markedTextOf(payload);
      const mentions = mentionsIn(text);
      const { conversation_id: conversationId } = webhook;
      const ids = mentions?.ids ?? [];
      const names = ids.length > 0 ? await chat().memberNames(conversationId, ids) : new Map<string, string>();
      const content = cut(withoutMarks(text, names));
      if (!isVisible(content)) throw new Refusal('no_text');
      await chat().post({
        conversationId,
        senderId: webhook.id,
        clientMessageId: intentOf(webhook.id, request.headers['idempotency-key']),
        content,
        mentions,
        parsesContent: payload.link_names === true,
        via: viaOf(webhook, payload),
      });
      await remember(webhook.id);
      return { status: 200, text: 'ok' };
    },

    refuse(error, status) {
      if (error instanceof Refusal) return say(error.word);
      if (error instanceof ProblemError) return say(WORDS[error.code] ?? 'unavailable', error.details.retryAfterMs);
      const word = BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'invalid_payload' : undefined);
      if (word === undefined) log.error({ err: error }, 'a post to a webhook failed');
      return say(word ?? 'unavailable');
    },
  };
}
