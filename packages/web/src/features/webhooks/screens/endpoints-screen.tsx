import type { WebhookEndpoint } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Switch } from '../../../ui/choice/choice.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { PlusIcon, RetryIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { WorkspaceFrame } from '../../workspaces/index.ts';
import { createEndpoint, switchEndpoint } from '../commands.ts';
import { useEndpoints } from '../hooks.ts';
import { stateOf } from '../model.ts';
import { EndpointFacts } from '../parts/endpoint-facts.tsx';
import { EndpointForm, type EndpointInput } from '../parts/endpoint-form.tsx';
import { useEndpointStates } from '../parts/names.ts';
import { ShownSecret } from '../parts/shown-once.tsx';
import styles from '../parts/webhooks.module.css';

/** `/w/:id/settings/endpoints`: the servers that are sent what happens in a workspace. */
export function EndpointsScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const { data, error, isFetching, refetch } = useEndpoints(workspaceId);
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string>();
  const create = async (input: EndpointInput) => {
    setSecret((await createEndpoint({ workspaceId, ...input })).secret);
    setAdding(false);
  };
  return (
    <WorkspaceFrame
      workspaceId={workspaceId}
      part="endpoints"
      intro={t`Servers of yours that are sent what happens here, signed and in order.`}
    >
      {secret !== undefined && <ShownSecret secret={secret} onDone={() => setSecret(undefined)} />}
      {isAdding ? (
        <EndpointForm
          workspaceId={workspaceId}
          action={t`Create endpoint`}
          onSend={create}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <div className={styles.bar}>
          <Button icon={PlusIcon} onClick={() => setAdding(true)}>
            <Trans>New endpoint</Trans>
          </Button>
          <Button icon={RetryIcon} busy={isFetching} onClick={() => void refetch()}>
            <Trans>Refresh</Trans>
          </Button>
        </div>
      )}
      {error && !data ? (
        <ErrorState title={t`The endpoints could not be loaded`} onRetry={() => void refetch()}>
          {problemText(error)}
        </ErrorState>
      ) : data === undefined ? (
        <Skeleton rows={3} />
      ) : data.items.length > 0 ? (
        data.items.map((endpoint) => <EndpointCard key={endpoint.id} endpoint={endpoint} />)
      ) : (
        !isAdding && (
          <EmptyState title={t`No endpoints yet`}>
            <Trans>Create one for a server that should learn of messages, tasks or orders.</Trans>
          </EmptyState>
        )
      )}
    </WorkspaceFrame>
  );
}

function EndpointCard({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const states = useEndpointStates();
  const [state, tone] = states[stateOf(endpoint)];
  const { description, enabled, id, url, workspaceId } = endpoint;
  const address = `/w/${workspaceId}/settings/endpoints/${id}`;
  return (
    <article className={styles.card} aria-label={description || url}>
      <div className={styles.cardHead}>
        <Link to={address}>
          <bdi>{description || url}</bdi>
        </Link>
        <Chip tone={tone}>{state}</Chip>
        <Switch
          label={t`Enabled`}
          checked={enabled}
          onChange={({ target }) => void switchEndpoint(endpoint, target.checked)}
        />
        <Button size={28} onClick={() => navigate(address)}>
          <Trans>Details</Trans>
        </Button>
      </div>
      {description && <p className={styles.facts}>{url}</p>}
      <EndpointFacts endpoint={endpoint} />
    </article>
  );
}
