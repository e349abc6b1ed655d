import type { ProviderId } from '@atrium/protocol';
import * as oidc from 'openid-client';
import { mergeClaims, type Profile, profileOf } from './claims.ts';
import { createDiscovery, type ProviderClient, ProviderUnavailable } from './discovery.ts';

/** A provider that people can sign in with. */
export interface ProviderConfig extends ProviderClient {
  id: ProviderId;
  /** The label of a button. */
  name: string;
}

/** What only the browser that asked knows, and must match its answer. */
export interface Proof {
  state: string;
  nonce: string;
  /** The secret whose hash was sent along (PKCE). */
  verifier: string;
}

/** The answer does not belong to what was asked. */
export class AnswerRefused extends Error {
  override readonly name = 'AnswerRefused';
}

/** An OpenID Connect client of one provider. */
export interface Provider extends Pick<ProviderConfig, 'id' | 'name' | 'issuer'> {
  /** Where to send a browser, and what must come back with it. Rejects with ProviderUnavailable. */
  ask(): Promise<{ url: string; proof: Proof }>;
  /**
   * Exchanges the code of an answer for the provider's claims about the person.
   * @param search the query of the callback URL
   * @returns rejects with AnswerRefused, ProviderUnavailable
   */
  redeem(search: string, proof: Proof): Promise<Profile>;
}

/** @param origin the origin of this server; the provider knows `<origin>/api/v1/auth/oidc/<id>/callback` */
export function createProvider(config: ProviderConfig, origin: string, clock: { now(): Date }): Provider {
  const discovered = createDiscovery(config, clock);
  const redirectUri = `${origin}/api/v1/auth/oidc/${config.id}/callback`;

  return {
    id: config.id,
    name: config.name,
    issuer: config.issuer,

    async ask() {
      const server = await discovered();
      const verifier = oidc.randomPKCECodeVerifier();
      const proof = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier };
      const url = oidc.buildAuthorizationUrl(server, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: proof.state,
        nonce: proof.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, proof };
    },

    async redeem(search, { state, nonce, verifier }) {
      const server = await discovered();
      try {
        const tokens = await oidc.authorizationCodeGrant(server, new URL(`${redirectUri}${search}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const profile = profileOf(server.serverMetadata().issuer, await claimsOf(server, tokens));
        if (profile === undefined) throw new AnswerRefused('no subject');
        return profile;
      } catch (error) {
        throw isTrouble(error) ? new ProviderUnavailable('no tokens', { cause: error }) : refused(error);
      }
    },
  };
}

type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

/** Some providers put the address, or whether it is verified, into the token; others return it only from userinfo. */
async function claimsOf(server: oidc.Configuration, tokens: Tokens): Promise<Record<string, unknown>> {
  const claims = tokens.claims();
  if (claims === undefined) throw new AnswerRefused('no token');
  const isComplete = claims.email !== undefined && claims.email_verified !== undefined;
  if (isComplete || server.serverMetadata().userinfo_endpoint === undefined) return claims;
  const told = await oidc.fetchUserInfo(server, tokens.access_token, claims.sub);
  return mergeClaims(told, claims);
}

function refused(error: unknown): AnswerRefused {
  return error instanceof AnswerRefused ? error : new AnswerRefused('refused', { cause: error });
}

/** True if the provider or the connection to it failed: the same request could succeed later. */
function isTrouble(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (at instanceof oidc.ResponseBodyError) return at.status >= 500;
    if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || at.name === 'TimeoutError') return true;
    // What fetch throws if there is no connection.
    if (at instanceof TypeError && at.message === 'fetch failed') return true;
    if (at.cause instanceof Response) return at.cause.status >= 500;
  }
  return false;
}
