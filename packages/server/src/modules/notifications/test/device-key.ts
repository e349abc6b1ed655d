import { createECDH } from 'node:crypto';

/** The public key of a device. */
export const deviceKey = createECDH('prime256v1').generateKeys('base64url');
