import type { WebhookEndpoint } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Switch } from '../../../ui/choice/choice.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { WorkspaceFrame } from '../../workspaces/index.ts';
import { changeEndpoint, deleteEndpoint, rotateSecret, switchEndpoint } from '../commands.ts';
import { useEndpoint } from '../hooks.ts';
import { stateOf } from '../model.ts';
import { Deliveries } from '../parts/deliveries.tsx';
import { EndpointFacts } from '../parts/endpoint-facts.tsx';
import { EndpointForm, type EndpointInput } from '../parts/endpoint-form.tsx';
import { useEndpointStates } from '../parts/names.ts';
import { ReplayForm } from '../parts/replay-form.tsx';
import { ShownSecret } from '../parts/shown-once.tsx';
import styles from '../parts/webhooks.module.css';

/** `/w/:id/settings/endpoints/:endpoint`: one server, and what it was sent. */
export function EndpointScreen({ workspaceId, endpointId }: { workspaceId: string; endpointId: string }) {
  const { t } = useLingui();
  const { endpoint, error, refetch } = useEndpoint(workspaceId, endpointId);
  return (
    <WorkspaceFrame
      workspaceId={workspaceId}
      part="endpoints"
      intro={
        <Link to={`/w/${workspaceId}/settings/endpoints`}>
          <Trans>All endpoints</Trans>
        </Link>
      }
    >
      {error && !endpoint ? (
        <ErrorState title={t`The endpoint could not be loaded`} onRetry={() => void refetch()}>
          {problemText(error)}
        </ErrorState>
      ) : endpoint === undefined ? (
        <Skeleton rows={6} />
      ) : endpoint === null ? (
        <EmptyState title={t`There is no such endpoint`}>
          <Trans>It was deleted, or the address is wrong.</Trans>
        </EmptyState>
      ) : (
        <Endpoint endpoint={endpoint} />
      )}
    </WorkspaceFrame>
  );
}

function Endpoint({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useLingui();
  const [state, tone] = useEndpointStates()[stateOf(endpoint)];
  const [isEditing, setEditing] = useState(false);
  const { id: endpointId, workspaceId } = endpoint;
  const save = async (input: EndpointInput) => {
    await changeEndpoint({ workspaceId, endpointId, ...input });
    setEditing(false);
  };
  return (
    <>
      <div className={styles.cardHead}>
        <bdi>{endpoint.description || endpoint.url}</bdi>
        <Chip tone={tone}>{state}</Chip>
        <Switch
          label={t`Enabled`}
          checked={endpoint.enabled}
          onChange={({ target }) => void switchEndpoint(endpoint, target.checked)}
        />
      </div>
      {endpoint.description && <p className={styles.facts}>{endpoint.url}</p>}
      <EndpointFacts endpoint={endpoint} />
      {isEditing ? (
        <EndpointForm
          workspaceId={workspaceId}
          endpoint={endpoint}
          action={t`Save`}
          onSend={save}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <Actions endpoint={endpoint} onEdit={() => setEditing(true)} />
      )}
      <Section title={<Trans>Deliveries</Trans>}>
        <Deliveries endpoint={endpoint} />
      </Section>
      <Section title={<Trans>Send again from a point in time</Trans>}>
        <ReplayForm endpoint={endpoint} />
      </Section>
    </>
  );
}

function Actions({ endpoint, onEdit }: { endpoint: WebhookEndpoint; onEdit: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [secret, setSecret] = useState<string>();
  const [asking, setAsking] = useState<'rotate' | 'delete'>();
  const close = () => setAsking(undefined);
  const rotate = async () => {
    close();
    setSecret(await rotateSecret(endpoint));
  };
  const remove = async () => {
    close();
    if (await deleteEndpoint(endpoint)) navigate(`/w/${endpoint.workspaceId}/settings/endpoints`);
  };
  return (
    <>
      <div className={styles.bar}>
        <div className={styles.buttons}>
          <Button onClick={onEdit}>
            <Trans>Change</Trans>
          </Button>
          <Button onClick={() => setAsking('rotate')}>
            <Trans>New secret</Trans>
          </Button>
        </div>
        <Button variant="danger" onClick={() => setAsking('delete')}>
          <Trans>Delete</Trans>
        </Button>
      </div>
      {secret !== undefined && <ShownSecret secret={secret} onDone={() => setSecret(undefined)} />}
      <Confirm
        open={asking === 'rotate'}
        title={t`Replace the secret?`}
        action={t`Replace`}
        onConfirm={() => void rotate()}
        onClose={close}
      >
        <Trans>For 24 hours requests are signed with the old secret too.</Trans>
      </Confirm>
      <Confirm
        open={asking === 'delete'}
        title={t`Delete this endpoint?`}
        action={t`Delete`}
        onConfirm={() => void remove()}
        onClose={close}
      >
        <Trans>It is sent nothing more, and its deliveries are deleted.</Trans>
      </Confirm>
    </>
  );
}
