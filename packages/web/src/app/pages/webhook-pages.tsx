import { useParams } from '@tanstack/react-router';
import { EndpointScreen, EndpointsScreen, WebhooksScreen } from '../../features/webhooks/index.ts';

const usePlace = () => useParams({ strict: false }) as { workspaceId?: string; endpointId?: string };

/** Incoming webhooks. */
export function WebhooksPage() {
  const { workspaceId = '' } = usePlace();
  return <WebhooksScreen key={workspaceId} workspaceId={workspaceId} />;
}

/** Webhook endpoints. */
export function EndpointsPage() {
  const { workspaceId = '' } = usePlace();
  return <EndpointsScreen key={workspaceId} workspaceId={workspaceId} />;
}

/** One webhook endpoint. */
export function EndpointPage() {
  const { workspaceId = '', endpointId = '' } = usePlace();
  return <EndpointScreen key={endpointId} workspaceId={workspaceId} endpointId={endpointId} />;
}
