import type { AdminUser } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { FormProblem } from '../../identity/index.ts';
import { doWithUser, type UserDeed } from '../commands.ts';

interface Words {
  title: string;
  action: string;
  about: string;
}

/** Asks before something is done with the account of somebody else, and says what it means for them. */
export function DeedDialog({ user, deed, onClose }: { user: AdminUser; deed: UserDeed; onClose: () => void }) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { name } = user;
  const words: Record<UserDeed, Words> = {
    promote: {
      title: t`Make ${name} an administrator?`,
      action: t`Make an administrator`,
      about: t`They can do everything here: see all accounts, change the settings, delete people.`,
    },
    demote: {
      title: t`Should ${name} no longer be an administrator?`,
      action: t`Take the role away`,
      about: t`They keep their account and their workspaces.`,
    },
    disable: {
      title: t`Disable ${name}?`,
      action: t`Disable`,
      about: t`They are signed out everywhere at once and cannot sign in. What they wrote stays.`,
    },
    enable: { title: t`Enable ${name} again?`, action: t`Enable`, about: t`They can sign in again.` },
    signOut: {
      title: t`Sign ${name} out everywhere?`,
      action: t`Sign out`,
      about: t`They have to sign in again on all their devices. API tokens keep working.`,
    },
    resetSecondFactor: {
      title: t`Turn off the second step of ${name}?`,
      action: t`Turn off`,
      about: t`For people who have lost it: verify who is asking. Their password alone signs them in then, and they get a mail about it.`,
    },
    removePicture: {
      title: t`Remove the picture of ${name}?`,
      action: t`Remove`,
      about: t`It is gone for everybody at once and cannot be restored. They can upload another one.`,
    },
    delete: {
      title: t`Delete the account of ${name}?`,
      action: t`Delete the account`,
      about: t`Their name is taken off everything and nobody can bring it back. What they wrote to others stays.`,
    },
  };
  const { title, action, about } = words[deed];
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await doWithUser(user, deed);
      onClose();
    } catch (error) {
      setProblem(problemText(error));
      setBusy(false);
    }
  };
  return (
    <Confirm
      open
      title={title}
      action={action}
      busy={isBusy}
      error={<FormProblem>{problem}</FormProblem>}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {about}
    </Confirm>
  );
}
