/** Functions of the SDK on the live state, for features, which otherwise import only its types. */
export { AtriumError, deliveryOf, messageCan, randomId, timeline, typists } from '@atrium/client';
