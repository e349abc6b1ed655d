import { field, form, type Step, steps } from './parts.ts';
import { codeStep, emailField, leaveButton, newPasswordField, signInSteps, signUpStep } from './session-steps.ts';

/** A page that a mail leads to. */
export interface AccountPage {
  /** Its address and, with `.js`, its script. */
  name: string;
  title: string;
  /** Markup. */
  main: string;
}

const NEXT = `<h2>What next</h2>
<p>Atrium has no browser app yet. What there is: the <a href="/">start page of this server</a> with first steps, and
the <a href="/docs">reference</a> with every call to try.</p>`;

const linkFault = `<p data-after="link_wrong" hidden><a href="/forgot-password">Ask for a new link</a></p>`;

function noLink(content: string): Step {
  return { name: 'no-link', heading: 'Something is missing', content };
}

const verifyEmail: Step[] = [
  ...signInSteps('<p>Sign in, and the address of your account is verified with the code from the mail.</p>', false),
  codeStep('Verify your address'),
  {
    name: 'done',
    heading: 'Your address is verified',
    content: `<p><strong data-fill="address"></strong> is yours. You can close this page.</p>\n${NEXT}`,
  },
];

const forgotPassword: Step[] = [
  {
    name: 'ask',
    heading: 'Forgot your password?',
    content: `<p>Enter the address of your account. A link to set a new password is mailed there.</p>
${form('ask', [emailField('email')], 'Mail me a link')}`,
  },
  {
    name: 'done',
    heading: 'Look into your mail',
    content: `<p>If there is an account for <strong data-fill="address"></strong>, a link is on its way. It works once, within
an hour.</p>
<p>Nothing came? Look at the spelling and among unwanted mail, then <a href="/forgot-password">ask again</a>.</p>`,
  },
];

const resetPassword: Step[] = [
  {
    name: 'choose',
    heading: 'Set a new password',
    content: `<p>All your devices are signed out with it.</p>
${form('choose', [newPasswordField('password')], 'Set the password', linkFault)}`,
  },
  {
    name: 'done',
    heading: 'The new password is set',
    content: `<p>All devices are signed out. Sign in with the new password wherever you use Atrium; a second factor is asked
for as before.</p>\n${NEXT}`,
  },
  noLink(`<p>Open the link of the mail as a whole: what stands behind <code>#token=</code> belongs to it.</p>
<p><a href="/forgot-password">Ask for a new link</a></p>`),
];

const reopenSignIn: Step[] = [
  {
    name: 'reopen',
    heading: 'Let your password in again',
    content: `<p>Wrong passwords were tried on your account too many times in a row, so none is taken for now.</p>
${form('reopen', [], 'Let my password in again')}
<p>Was it not you? Then <a href="/forgot-password">set a new password</a> as well.</p>`,
  },
  {
    name: 'done',
    heading: 'Your password is taken again',
    content: `<p>Sign in as before.</p>\n${NEXT}`,
  },
  noLink('<p>Open the link of the mail as a whole: what stands behind <code>#token=</code> belongs to it.</p>'),
];

const INVITED =
  '<p data-with-code hidden>Your code for the workspace: <strong class="code" data-fill="code"></strong></p>';

const join: Step[] = [
  ...signInSteps(`${INVITED}\n<p>Sign in to join the workspace.</p>`, true),
  signUpStep(INVITED),
  codeStep('First, verify your address'),
  {
    name: 'join',
    heading: 'Join a workspace',
    content: `<p>You are signed in as <strong data-fill="address"></strong>.</p>
${form(
  'join',
  [
    field({
      id: 'join-code',
      name: 'code',
      label: 'Code of the workspace',
      autocomplete: 'off',
      wrong: 'A code has twelve letters and digits.',
      codes: 'code_wrong',
      maxLength: 64,
      isCode: true,
    }),
  ],
  'Join',
)}
<p>${leaveButton()}</p>`,
  },
  {
    name: 'done',
    heading: 'You are in',
    content: `<p>You are in <strong data-fill="workspace"></strong> as <strong data-fill="role"></strong>.</p>\n${NEXT}`,
  },
  {
    name: 'in-already',
    heading: 'You are in already',
    content: `<p><strong data-fill="address"></strong> belongs to this workspace. The code is still unused.</p>\n${NEXT}`,
  },
];

/** Every page that mails lead to. */
export const ACCOUNT_PAGES: readonly AccountPage[] = [
  { name: 'verify-email', title: 'Verify your address - Atrium', main: steps(verifyEmail) },
  { name: 'forgot-password', title: 'Forgot your password? - Atrium', main: steps(forgotPassword) },
  { name: 'reset-password', title: 'Set a new password - Atrium', main: steps(resetPassword) },
  { name: 'reopen-sign-in', title: 'Let your password in again - Atrium', main: steps(reopenSignIn) },
  { name: 'join', title: 'Join a workspace - Atrium', main: steps(join) },
];
