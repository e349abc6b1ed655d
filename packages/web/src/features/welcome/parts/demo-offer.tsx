import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { perform } from '../../../live/perform.ts';
import { Button } from '../../../ui/button/button.tsx';
import { FormProblem } from '../../identity/index.ts';
import styles from './welcome.module.css';

/** The other way to begin: a workspace that looks as if people had been there for weeks. */
export function DemoOffer({ onLoaded }: { onLoaded: (workspaceId: string) => void }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const load = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      onLoaded((await perform('demo.load', {})).workspaceId);
    } catch (error) {
      setProblem(problemText(error));
      setBusy(false);
    }
  };
  return (
    <section className={styles.demo}>
      <p className={styles.or}>
        <Trans>or</Trans>
      </p>
      <Button size={40} wide busy={isBusy} onClick={() => void load()}>
        <Trans>Look around with demo data</Trans>
      </Button>
      <p className={styles.hint}>
        <Trans>
          A garden with invented people and four weeks of conversations, tasks and orders. Delete its workspace, and all
          of it is gone.
        </Trans>
      </p>
      <FormProblem>{problem}</FormProblem>
    </section>
  );
}
