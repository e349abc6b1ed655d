import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { problemCode } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { AuthPage, FormProblem } from '../../identity/index.ts';
import { useWorkspace } from '../hooks.ts';
import styles from '../parts/workspaces.module.css';

export interface JoinProps {
  /** The code of the link; '' when one is to be typed. */
  code: string;
  onJoined: (workspaceId: string) => void;
  onVerify: () => void;
}

/** Joining a workspace with a code. That of a link is used by itself. */
export function JoinScreen({ code, onJoined, onVerify }: JoinProps) {
  const { t } = useLingui();
  const [joinedId, setJoinedId] = useState<string>();
  const joined = useWorkspace(joinedId);
  const formElement = useRef<HTMLFormElement>(null);
  const { form, isBusy, errors, problem } = useForm({
    fields: { code_wrong: 'code', already_member: 'code' },
    send: async (values) => {
      try {
        setJoinedId((await client.call('workspaces.join', { code: (values.code ?? '').trim().toUpperCase() })).id);
      } catch (error) {
        // Who has yet to prove the address does that first.
        if (problemCode(error) === 'unverified_email') onVerify();
        else throw error;
      }
    },
  });
  const isTried = useRef(false);
  useEffect(() => {
    if (code === '' || isTried.current) return;
    isTried.current = true;
    formElement.current?.requestSubmit();
  }, [code]);
  // The event of the stream brings the workspace; only then is there something to show.
  useEffect(() => {
    if (joined) onJoined(joined.id);
  }, [joined, onJoined]);
  return (
    <AuthPage title={t`Join a workspace`} intro={t`With the code that somebody gave you.`}>
      <form {...form} ref={formElement} className={styles.form}>
        <TextField
          name="code"
          label={t`Code`}
          required
          maxLength={64}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          defaultValue={code}
          error={errors.code}
        />
        <FormProblem>{problem}</FormProblem>
        <Button type="submit" variant="primary" size={40} wide busy={isBusy || joinedId !== undefined}>
          <Trans>Join</Trans>
        </Button>
      </form>
    </AuthPage>
  );
}
