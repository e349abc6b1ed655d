import type { NotificationDecision } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';

type Channel = NotificationDecision['channels'][number];

/** Why a channel was used or was not, and what happened to what was sent by it. */
export function useReasonText({ detail, plannedFor, reason, state, used }: Channel): {
  reason: string;
  detail: string | undefined;
} {
  const { t } = useLingui();
  const { recent } = useFormats();
  const reasons: Record<Channel['reason'], string> = {
    preference: t`Your settings ask for it.`,
    requested: t`You asked for it.`,
    type_off: t`Your settings turn this kind off here.`,
    not_requested: t`You did not ask for it here.`,
    conversation_nothing: t`You want nothing from this conversation.`,
    conversation_mentions_only: t`You want only mentions from this conversation.`,
    quiet_hours: t`It waits for the end of your quiet hours.`,
    digest: t`It is part of your next collected mail.`,
    grouped: t`Another message that is still to come tells you of it.`,
    hourly_cap: t`You had as many this hour as you allow.`,
    do_not_disturb: t`You did not want to be disturbed.`,
    no_device: t`None of your devices takes push messages.`,
    no_address: t`You have no verified e-mail address here.`,
  };
  const details: Readonly<Record<string, string>> = {
    read: t`You had read it before.`,
    looking: t`You were looking at it.`,
    removed: t`What it was about is gone.`,
    no_device: t`None of your devices took it.`,
    demo: t`It is part of the demo.`,
  };
  const at = state === 'planned' && plannedFor !== null ? t`Planned for ${recent(plannedFor)}.` : undefined;
  const said = detail === null ? undefined : (details[detail] ?? detail);
  return { reason: reasons[reason], detail: said ?? (used ? at : undefined) };
}
