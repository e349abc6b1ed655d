import type { ExternalEventType, WebhookEndpoint } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Checkbox } from '../../../ui/choice/choice.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { FormProblem } from '../../identity/index.ts';
import { usePrivateConversations } from '../hooks.ts';
import { EventTypes } from './event-types.tsx';
import styles from './webhooks.module.css';

/** What can be said of an endpoint. */
export interface EndpointInput {
  url: string;
  description: string;
  eventTypes: ExternalEventType[];
  conversationIds: string[];
}

export interface EndpointFormProps {
  workspaceId: string;
  /** The one that is changed; undefined: a new one. */
  endpoint?: WebhookEndpoint;
  action: string;
  /** Throws AtriumError when it is refused. */
  onSend: (input: EndpointInput) => Promise<void>;
  onCancel: () => void;
}

/** Creates an endpoint, or changes one. */
export function EndpointForm({ workspaceId, endpoint, action, onSend, onCancel }: EndpointFormProps) {
  const { t } = useLingui();
  const conversations = usePrivateConversations(workspaceId);
  const [eventTypes, setEventTypes] = useState<ExternalEventType[]>(endpoint?.eventTypes ?? ['message:receive']);
  const [conversationIds, setConversationIds] = useState<string[]>(endpoint?.conversationIds ?? []);
  const [isEmpty, setEmpty] = useState(false);
  const { form, isBusy, errors, problem } = useForm({
    send: async ({ url = '', description = '' }) => {
      setEmpty(eventTypes.length === 0);
      if (eventTypes.length > 0) await onSend({ url, description, eventTypes, conversationIds });
    },
  });
  const name = (id: string, isOn: boolean) =>
    setConversationIds(isOn ? [...conversationIds, id] : conversationIds.filter((each) => each !== id));
  return (
    <form {...form} className={styles.form}>
      <TextField
        autoFocus
        name="url"
        type="url"
        inputMode="url"
        label={t`URL`}
        hint={t`It has to use https and to be on the internet, unless your operator allows more.`}
        placeholder="https://example.org/atrium"
        required
        maxLength={2048}
        autoComplete="off"
        defaultValue={endpoint?.url}
        error={errors.url}
      />
      <TextField
        name="description"
        label={t`Description`}
        maxLength={200}
        defaultValue={endpoint?.description}
        error={errors.description}
      />
      <Section title={<Trans>It is sent</Trans>}>
        <EventTypes chosen={eventTypes} onChange={setEventTypes} />
      </Section>
      {conversations.length > 0 && (
        <Section title={<Trans>Also from these private channels and groups</Trans>}>
          <fieldset className={styles.group} aria-label={t`Private channels and groups`}>
            {conversations.map(({ id, title }) => (
              <Checkbox
                key={id}
                label={<bdi>{title}</bdi>}
                checked={conversationIds.includes(id)}
                onChange={({ target }) => name(id, target.checked)}
              />
            ))}
          </fieldset>
        </Section>
      )}
      <FormProblem>{isEmpty ? t`Choose at least one type of event.` : problem}</FormProblem>
      <div className={styles.buttons}>
        <Button type="submit" variant="primary" busy={isBusy}>
          {action}
        </Button>
        <Button onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
