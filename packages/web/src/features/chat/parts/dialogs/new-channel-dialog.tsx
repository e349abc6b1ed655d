import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useId, useState } from 'react';
import { problemText } from '../../../../i18n/problems.ts';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';
import { Button } from '../../../../ui/button/button.tsx';
import { Radio } from '../../../../ui/choice/choice.tsx';
import { Dialog } from '../../../../ui/dialog/dialog.tsx';
import { TextField } from '../../../../ui/field/text-field.tsx';
import { useNavigate } from '../../../../ui/link/link-context.tsx';
import { PeoplePicker } from '../../../../ui/picker/people-picker.tsx';
import type { Person } from '../../../../ui/picker/person.ts';
import { usePeople } from './use-people.ts';

/** Creates a channel. */
export function NewChannelDialog({
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
  const formId = useId();
  const myId = useLive(({ me }) => me?.id);
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [visibility, setVisibility] = useState<'public' | 'private'>('public');
  const [chosen, setChosen] = useState<Person[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const people = usePeople(
    workspaceId,
    useCallback((userId) => userId === myId, [myId]),
  );
  const create = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const memberIds = chosen.map((person) => person.id);
      const { id } = await client.call('conversations.create', {
        workspaceId,
        kind: 'channel',
        visibility,
        name,
        topic,
        memberIds,
      });
      setName('');
      setTopic('');
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
      title={t`New channel`}
      description={<Trans>A channel is where people talk about one subject.</Trans>}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={busy}
            disabledReason={name.trim() === '' ? t`It needs a name` : undefined}
          >
            <Trans>Create channel</Trans>
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <TextField
          label={t`Name`}
          reserve
          dir="auto"
          autoFocus
          maxLength={80}
          placeholder={t`greenhouse`}
          value={name}
          error={problem}
          onChange={({ target }) => setName(target.value)}
        />
      </form>
      <TextField
        label={t`Topic`}
        dir="auto"
        maxLength={250}
        placeholder={t`What it is about`}
        value={topic}
        onChange={({ target }) => setTopic(target.value)}
      />
      <div role="radiogroup" aria-label={t`Who sees it`}>
        <Radio
          name={`${formId}-visibility`}
          label={t`Public`}
          hint={t`Everyone in the workspace can find and join it.`}
          checked={visibility === 'public'}
          onChange={() => setVisibility('public')}
        />
        <Radio
          name={`${formId}-visibility`}
          label={t`Private`}
          hint={t`Only those who are added see it.`}
          checked={visibility === 'private'}
          onChange={() => setVisibility('private')}
        />
      </div>
      <PeoplePicker
        label={t`People`}
        people={people}
        chosen={chosen}
        onChange={setChosen}
        placeholder={t`Name`}
        none={t`Nobody of that name`}
        removeLabel={(person) => t`Take out ${person}`}
      />
    </Dialog>
  );
}
