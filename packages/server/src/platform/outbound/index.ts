export { type AllowedHosts, isLoopbackHost, refusalOf } from './address-guard.ts';
export { get, type OutboundContent } from './get.ts';
export { createAgents, type OutboundAgents, type OutboundAnswer, post } from './post.ts';
export { waitOf } from './retry-after.ts';
