import { Trans, useLingui } from '@lingui/react/macro';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { AuthPage } from '../../identity/index.ts';
import { CopyField, InviteForm, joinLink } from '../../workspaces/index.ts';
import styles from '../parts/welcome.module.css';

/** The last step of the first run: a link for the others. */
export function InvitePeopleScreen({ workspaceId, onDone }: { workspaceId: string; onDone: () => void }) {
  const { t } = useLingui();
  const code = useOperation('workspaces.joinCode', { workspaceId }).data?.code;
  return (
    <AuthPage
      withArt
      title={t`Bring the others in`}
      intro={t`Give them this link, or have an invitation mailed. Both can be done later too.`}
    >
      <div className={styles.form}>
        <CopyField label={t`Link to join`} value={code === undefined ? '' : joinLink(code)} />
        <InviteForm workspaceId={workspaceId} />
        <Button variant="primary" size={40} wide onClick={onDone}>
          <Trans>Open the workspace</Trans>
        </Button>
      </div>
    </AuthPage>
  );
}
