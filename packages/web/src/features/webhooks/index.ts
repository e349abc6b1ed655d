export { EndpointScreen } from './screens/endpoint-screen.tsx';
export { EndpointsScreen } from './screens/endpoints-screen.tsx';
export { WebhooksScreen } from './screens/webhooks-screen.tsx';
