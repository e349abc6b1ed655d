import type { LiveConversation } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { problemText } from '../../../../i18n/problems.ts';
import { client } from '../../../../live/client.ts';
import { AtriumError } from '../../../../live/derived.ts';
import { Button } from '../../../../ui/button/button.tsx';
import { Dialog } from '../../../../ui/dialog/dialog.tsx';
import { Banner } from '../../../../ui/feedback/banner.tsx';
import { PeoplePicker } from '../../../../ui/picker/people-picker.tsx';
import type { Person } from '../../../../ui/picker/person.ts';
import { usePeople } from './use-people.ts';

/** Adds people of the workspace to a conversation. */
export function AddPeopleDialog({
  conversation,
  open,
  onClose,
}: {
  conversation: LiveConversation;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const { id, members, workspaceId } = conversation;
  const [chosen, setChosen] = useState<Person[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const people = usePeople(
    workspaceId,
    useCallback((userId) => userId in members, [members]),
  );
  const add = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      for (const person of chosen) {
        await client
          .call('conversations.addMember', { conversationId: id, userId: person.id })
          .catch((error: unknown) => {
            // Another member has added them in the meantime.
            if (!(error instanceof AtriumError) || error.code !== 'already_member') throw error;
          });
        setChosen((left) => left.filter((each) => each.id !== person.id));
      }
      onClose();
    } catch (error) {
      setProblem(problemText(error));
    }
    setBusy(false);
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Add people`}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            busy={busy}
            disabledReason={chosen.length > 0 ? undefined : t`Choose somebody first`}
            onClick={() => void add()}
          >
            <Trans>Add</Trans>
          </Button>
        </>
      }
    >
      <PeoplePicker
        label={t`People`}
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
