import { AxeBuilder } from '@axe-core/playwright';
import { expect, it, onTestFinished } from 'vitest';
import { CLIENT, identityProvider } from '../../../server/src/modules/identity/providers/test/identity-provider.ts';
import { appCode } from '../../../server/src/modules/identity/test/authenticator.ts';
import { freePort } from '../../../server/test/faults/harness/work-directory.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

it('signs in through an OpenID provider, links one to an account, and says why it did not work', async () => {
  const port = await freePort();
  // Another host than that of the provider: cookies do not tell ports apart.
  const origin = `http://127.0.0.1:${port}`;
  const provider = await identityProvider(`${origin}/api/v1/auth/oidc/sso/callback`);
  onTestFinished(() => provider.close());
  const env = {
    PORT: String(port),
    APP_URL: origin,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: 'Example ID',
  };
  await inBrowser(
    async ({ server, visit }) => {
      const emil = await server.person('Emil Sand');
      const { context, faults, page } = await visit('Dora', { locale: 'en-CA', timezoneId: 'America/Lima' });
      // Whoever comes back without a session asks for one in vain.
      faults.expect(/401 \(Unauthorized\).*auth\/refresh/);
      const enter = async () => {
        // The provider remembers who signed in before.
        await context.clearCookies({ domain: 'localhost' });
        await page.getByRole('link', { name: 'Continue with Example ID' }).click();
      };

      provider.signsIn('dora', { email: 'dora@example.org', email_verified: true, name: 'Dora Lind' });
      await page.goto(`${origin}/sign-in`);
      await see(page.getByRole('link', { name: 'Continue with Example ID' })).toBeVisible();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await enter();
      await see(page.getByRole('heading', { level: 1 })).toHaveText(/Dora$/);
      const dora = await page.evaluate(async () => (await fetch('/api/v1/users/me')).json());
      expect(dora).toMatchObject({ locale: 'en-CA', timezone: 'America/Lima' });
      await page.getByRole('button', { name: 'You: Dora Lind' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await see(page).toHaveURL(/\/sign-in$/);

      provider.declines();
      await enter();
      await see(page.getByRole('alert')).toContainText('You did not agree there, so nothing has happened.');
      provider.signsIn('fay', { email: 'fay@example.org', email_verified: false, name: 'Fay' });
      await enter();
      await see(page.getByRole('alert')).toContainText('does not vouch for your e-mail address');

      // Somebody with a password links the provider, and comes in by it from then on.
      await page.getByLabel('E-mail').fill(emil.email);
      await page.getByLabel('Password', { exact: true }).fill(emil.password);
      await page.keyboard.press('Enter');
      await see(page).toHaveURL(/\/today$/);
      await page.goto(`${origin}/account/security`);
      await context.clearCookies({ domain: 'localhost' });
      const rows = page.getByRole('listitem').filter({ hasText: 'Example ID' });
      provider.declines();
      await rows.getByRole('button').click();
      await see(page.getByRole('alert')).toContainText('You did not agree there, so nothing has happened.');
      provider.signsIn('emil-there', { email: 'other@example.org', email_verified: true, name: 'Emil' });
      await rows.getByRole('button').click();
      await see(page.getByText('other@example.org')).toBeVisible();
      await page.getByRole('button', { name: 'You: Emil Sand' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await enter();
      await see(page.getByRole('heading', { level: 1 })).toHaveText(/Emil$/);

      // A second step is asked for whoever opens the door.
      await page.goto(`${origin}/account/security`);
      await page.getByRole('listitem').filter({ hasText: 'Authenticator app' }).getByRole('button').click();
      await page.getByLabel('Password', { exact: true }).fill(emil.password);
      await page.getByRole('button', { name: 'Continue' }).click();
      const secret = await page.getByLabel('Secret').inputValue();
      await page.getByLabel('Code', { exact: true }).fill(appCode(secret));
      await page.getByRole('button', { name: 'Turn on' }).click();
      const recovery = await page
        .getByRole('list', { name: 'Recovery codes' })
        .getByRole('listitem')
        .first()
        .innerText();
      await page.getByRole('button', { name: 'I have kept them' }).click();
      await page.getByRole('button', { name: 'You: Emil Sand' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await see(page).toHaveURL(/\/sign-in$/);
      await page.goto(`${origin}/sign-in?returnTo=/saved`);
      await enter();
      await see(page.getByRole('heading', { level: 1 })).toHaveText('One more step');
      await see(page).not.toHaveURL(/challenge/);
      await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await page.getByLabel('Recovery code').fill(recovery);
      await page.keyboard.press('Enter');
      await see(page).toHaveURL(/\/saved$/);
    },
    { env },
  );
}, 120_000);
