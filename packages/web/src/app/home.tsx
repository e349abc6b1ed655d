import { Trans } from '@lingui/react/macro';
import { useLive } from '../live/use-live.ts';

/** The first page. */
export function Home() {
  const name = useLive(({ me }) => me?.name);
  return (
    <main>
      <h1>{name ?? <Trans>Welcome to Atrium</Trans>}</h1>
    </main>
  );
}
