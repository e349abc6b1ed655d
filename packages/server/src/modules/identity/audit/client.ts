import type { RequestInfo } from '../../../platform/module/index.ts';

const MAX_DEVICE = 200;
const MAX_IP = 64;

/** The part of a request's client data that is stored: bounded, and valid text whatever was sent. */
export function clientOf(request: Pick<RequestInfo, 'ip' | 'userAgent'>): { device: string; ip: string } {
  const device = request.userAgent
    .slice(0, MAX_DEVICE)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  return { device: device === '' ? 'Unknown device' : device, ip: request.ip.slice(0, MAX_IP) };
}
