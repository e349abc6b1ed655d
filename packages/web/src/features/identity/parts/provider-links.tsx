import { Trans } from '@lingui/react/macro';
import { expectSession } from '../../../live/session.ts';
import { useInstance } from '../hooks.ts';
import { regionOfBrowser } from '../model/region.ts';
import styles from './auth-page.module.css';

/** Other ways to sign in, if this instance has any. */
export function ProviderLinks({ returnTo }: { returnTo: string }) {
  const providers = useInstance()?.providers ?? [];
  if (providers.length === 0) return null;
  const query = new URLSearchParams({ returnTo, remember: 'true', ...regionOfBrowser() });
  return (
    <div className={styles.form}>
      <div className={styles.or}>
        <Trans>or</Trans>
      </div>
      <div className={styles.providers}>
        {providers.map(({ id, name, path }) => (
          // Leaves the app: the server redirects the browser to the provider.
          <a key={id} href={`${path}?${query}`} className={styles.provider} onClick={expectSession}>
            <Trans>Continue with {name}</Trans>
          </a>
        ))}
      </div>
    </div>
  );
}
