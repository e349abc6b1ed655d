import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { problemText } from '../../../../i18n/problems.ts';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';
import { Button } from '../../../../ui/button/button.tsx';
import { Dialog } from '../../../../ui/dialog/dialog.tsx';
import { Banner } from '../../../../ui/feedback/banner.tsx';
import { useNavigate } from '../../../../ui/link/link-context.tsx';
import { PeoplePicker } from '../../../../ui/picker/people-picker.tsx';
import type { Person } from '../../../../ui/picker/person.ts';
import { usePeople } from './use-people.ts';

/** Creates a conversation with one or several people. */
export function NewDirectDialog({
  workspaceId,
  open,
  onClose,
}: {
  workspaceId: string;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const myId = useLive(({ me }) => me?.id);
  const [chosen, setChosen] = useState<Person[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const people = usePeople(
    workspaceId,
    useCallback((userId) => userId === myId, [myId]),
  );
  const begin = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const names = chosen.map(({ name }) => name.split(' ')[0]).join(', ');
      const { id } = await client.call('conversations.create', {
        workspaceId,
        memberIds: chosen.map((person) => person.id),
        ...(chosen.length === 1 ? { kind: 'direct' as const } : { kind: 'group' as const, name: names.slice(0, 80) }),
      });
      setChosen([]);
      onClose();
      navigate(`/c/${id}`);
    } catch (error) {
      setProblem(problemText(error));
    }
    setBusy(false);
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`New message`}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            busy={busy}
            disabledReason={chosen.length > 0 ? undefined : t`Choose somebody first`}
            onClick={() => void begin()}
          >
            <Trans>Write</Trans>
          </Button>
        </>
      }
    >
      <PeoplePicker
        label={t({ message: 'To', context: 'recipient' })}
        people={people}
        chosen={chosen}
        onChange={setChosen}
        placeholder={t`Name`}
        none={t`Nobody of that name`}
        removeLabel={(name) => t`Take out ${name}`}
      />
      {problem && <Banner tone="brick">{problem}</Banner>}
    </Dialog>
  );
}
