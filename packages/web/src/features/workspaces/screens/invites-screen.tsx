import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Select } from '../../../ui/field/text-field.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { FormProblem } from '../../identity/index.ts';
import { joinLink } from '../join-link.ts';
import { CopyField } from '../parts/copy-field.tsx';
import { InviteForm } from '../parts/invite-form.tsx';
import { GRANTABLE, type GrantableRole, useRoleName } from '../parts/role-name.ts';
import { WorkspaceFrame } from '../parts/workspace-frame.tsx';
import styles from '../parts/workspaces.module.css';

/** Ways into a workspace: a link for many, a mail for one. */
export function InvitesScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const roleName = useRoleName();
  const { data, refetch } = useOperation('workspaces.joinCode', { workspaceId });
  const [isReplacing, setReplacing] = useState(false);
  const { form, isBusy, problem } = useForm({
    send: async ({ role }) => {
      await client.call('workspaces.rotateJoinCode', { workspaceId, role: role as GrantableRole });
      await refetch();
      setReplacing(false);
    },
  });
  const joinsAs = roleName(data?.role ?? 'member');
  const used = plural(data?.uses ?? 0, { one: 'used once', other: 'used # times' });
  return (
    <WorkspaceFrame workspaceId={workspaceId} part="invites">
      <Section title={<Trans>Link</Trans>}>
        <div className={styles.form}>
          <CopyField
            label={t`Link to join`}
            value={data === undefined ? '' : joinLink(data.code)}
            hint={t`Anyone with the code joins as: ${joinsAs}, ${used}.`}
          />
          {isReplacing ? (
            <form {...form} className={styles.form}>
              <p>
                <Trans>The link so far stops working.</Trans>
              </p>
              <Select name="role" label={t`Anyone with the code joins as`} defaultValue={data?.role ?? 'member'}>
                {GRANTABLE.map((role) => (
                  <option key={role} value={role}>
                    {roleName(role)}
                  </option>
                ))}
              </Select>
              <FormProblem>{problem}</FormProblem>
              <div className={styles.buttons}>
                <Button type="submit" variant="primary" busy={isBusy}>
                  <Trans>Make a new link</Trans>
                </Button>
                <Button onClick={() => setReplacing(false)}>
                  <Trans>Cancel</Trans>
                </Button>
              </div>
            </form>
          ) : (
            <div>
              <Button onClick={() => setReplacing(true)}>
                <Trans>Replace the link</Trans>
              </Button>
            </div>
          )}
        </div>
      </Section>
      <Section title={<Trans>By mail</Trans>}>
        <InviteForm workspaceId={workspaceId} />
      </Section>
    </WorkspaceFrame>
  );
}
