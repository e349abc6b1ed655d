import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { List, Row, Section } from '../../../ui/layout/pane.tsx';
import { useInstance } from '../hooks.ts';
import { FormProblem } from './auth-page.tsx';
import { useProviderProblem } from './use-provider-problem.ts';

/**
 * Linked accounts at providers, if this instance has any.
 * @param error why linking failed
 */
export function LinkedIdentities({ error }: { error: string | undefined }) {
  const { t } = useLingui();
  const { date } = useFormats();
  const providers = useInstance()?.providers ?? [];
  const { data, refetch } = useOperation('auth.identities', {});
  const [problem, setProblem] = useState(useProviderProblem(error));
  const identities = data?.items ?? [];
  if (providers.length === 0 && identities.length === 0) return null;
  const attempt = async (action: () => Promise<unknown>) => {
    try {
      setProblem(undefined);
      await action();
      await refetch();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const link = (provider: 'google' | 'sso') =>
    attempt(async () => {
      const { path } = await client.call('auth.linkIdentity', { provider, returnTo: '/account/security' });
      location.assign(path);
    });
  const linked = new Set(identities.map(({ provider }) => provider));
  return (
    <Section title={<Trans>Sign in with</Trans>}>
      <List label={t`Ways to sign in`}>
        {identities.map(({ id, provider, issuer, email, linkedAt }) => (
          <Row
            key={id}
            sub={email ?? undefined}
            end={
              <>
                {date(linkedAt)}
                <Button
                  size={28}
                  onClick={() => void attempt(() => client.call('auth.unlinkIdentity', { identityId: id }))}
                >
                  <Trans>Remove</Trans>
                </Button>
              </>
            }
          >
            {providers.find((each) => each.id === provider)?.name ?? issuer}
          </Row>
        ))}
        {providers
          .filter(({ id }) => !linked.has(id))
          .map(({ id, name }) => (
            <Row
              key={id}
              end={
                <Button size={28} onClick={() => void link(id)}>
                  <Trans>Link</Trans>
                </Button>
              }
            >
              {name}
            </Row>
          ))}
      </List>
      <FormProblem>{problem}</FormProblem>
    </Section>
  );
}
