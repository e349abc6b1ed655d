import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { List, Row, Section } from '../../../ui/layout/pane.tsx';
import { FormProblem } from '../../identity/index.ts';
import { CopyField } from '../parts/copy-field.tsx';
import { WorkspaceFrame } from '../parts/workspace-frame.tsx';
import styles from '../parts/workspaces.module.css';

/** Programs with an account of their own in a workspace. */
export function BotsScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const { data, refetch } = useOperation('bots.list', { workspaceId });
  const [secret, setSecret] = useState<{ userId: string; name: string; token: string }>();
  const [deleting, setDeleting] = useState<{ id: string; name: string }>();
  const [listProblem, setListProblem] = useState<string>();
  const { form, isBusy, errors, problem } = useForm({
    send: async ({ name = '' }) => {
      await client.call('bots.create', { workspaceId, name });
      await refetch();
    },
  });
  const attempt = async (action: () => Promise<unknown>) => {
    try {
      setListProblem(undefined);
      await action();
      await refetch();
    } catch (error) {
      setListProblem(problemText(error));
    }
  };
  const giveToken = (userId: string, name: string) =>
    attempt(async () => {
      const made = await client.call('bots.createToken', { workspaceId, userId, name, scopes: ['read', 'write'] });
      setSecret({ userId, name, token: made.secret });
    });
  const remove = (userId: string) => {
    setDeleting(undefined);
    return attempt(() => client.call('bots.delete', { workspaceId, userId }));
  };
  return (
    <WorkspaceFrame
      workspaceId={workspaceId}
      part="bots"
      intro={t`A bot reads and writes with a token of its own, in the conversations to which it is added.`}
    >
      {data?.items.length === 0 && (
        <EmptyState title={t`No bots yet`}>
          <Trans>Make one for a program that should write here.</Trans>
        </EmptyState>
      )}
      <List label={t`Bots`}>
        {data?.items.map(({ user }) => (
          <Row
            key={user.id}
            start={<Avatar id={user.id} name={user.name} picture={user.avatar} kind="bot" size="m" />}
            end={
              <>
                <Button size={28} onClick={() => void giveToken(user.id, user.name)}>
                  <Trans>New token</Trans>
                </Button>
                <Button size={28} variant="danger" onClick={() => setDeleting(user)}>
                  <Trans>Delete</Trans>
                </Button>
              </>
            }
          >
            <bdi>{user.name}</bdi>
          </Row>
        ))}
      </List>
      <FormProblem>{listProblem}</FormProblem>
      <Confirm
        open={deleting !== undefined}
        title={t`Delete ${deleting?.name ?? ''}?`}
        action={t`Delete bot`}
        onConfirm={() => deleting && void remove(deleting.id)}
        onClose={() => setDeleting(undefined)}
      >
        <Trans>Its tokens stop working at once. What it wrote stays. This cannot be undone.</Trans>
      </Confirm>
      {secret && data?.items.some(({ user }) => user.id === secret.userId) && (
        <CopyField
          label={t`Token of ${secret.name}`}
          value={secret.token}
          hint={t`Keep it now: it is not shown again.`}
        />
      )}
      <Section title={<Trans>New bot</Trans>}>
        <form {...form} className={styles.form}>
          <TextField name="name" label={t`Name`} required minLength={2} maxLength={100} error={errors.name} />
          <FormProblem>{problem}</FormProblem>
          <div>
            <Button type="submit" busy={isBusy}>
              <Trans>Create bot</Trans>
            </Button>
          </div>
        </form>
      </Section>
    </WorkspaceFrame>
  );
}
