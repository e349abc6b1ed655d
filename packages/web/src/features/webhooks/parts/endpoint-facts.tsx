import type { WebhookEndpoint } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import styles from './webhooks.module.css';

/** How an endpoint fares, in one line. */
export function EndpointFacts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useLingui();
  const { moment } = useFormats();
  const { conversationIds, eventTypes, failingSince, lag, lastSuccessAt, nextAttemptAt, oldSecretUntil } = endpoint;
  const parts = [
    plural(eventTypes.length, { one: '# type of event', other: '# types of event' }),
    conversationIds.length > 0 &&
      plural(conversationIds.length, { one: '# private conversation', other: '# private conversations' }),
    lag.events > 0 && plural(lag.events, { one: '# event behind', other: '# events behind' }),
    lag.oldestAt !== null && t`the oldest from ${moment(lag.oldestAt)}`,
    lastSuccessAt !== null && t`last delivered ${moment(lastSuccessAt)}`,
    failingSince !== null && t`failing since ${moment(failingSince)}`,
    nextAttemptAt !== null && t`next attempt ${moment(nextAttemptAt)}`,
    oldSecretUntil !== null && t`the old secret still signs until ${moment(oldSecretUntil)}`,
  ];
  return <p className={styles.facts}>{parts.filter(Boolean).join(' · ')}</p>;
}
