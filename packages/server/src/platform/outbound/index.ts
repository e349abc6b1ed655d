export { type AllowedPlaces, isLoopbackPlace, refusalOf } from './address-guard.ts';
export { get, type OutboundContent } from './get.ts';
export { createAgents, type OutboundAgents, type OutboundAnswer, post } from './post.ts';
export { waitOf } from './retry-after.ts';
