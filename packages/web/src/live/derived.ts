/** What is computed from the live state, for features: they know the SDK by its types alone. */
export { AtriumError, deliveryOf, messageCan, randomId, timeline, typists } from '@atrium/client';
