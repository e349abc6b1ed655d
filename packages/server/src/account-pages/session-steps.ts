import { field, form, type Step, sideButton } from './parts.ts';

const PASSWORD_HINT =
  'At least 8 characters. A few words that belong together only for you are easy to remember and hard to guess.';

const email = (id: string) =>
  field({
    id,
    name: 'email',
    label: 'E-mail address',
    type: 'email',
    autocomplete: 'username',
    wrong: 'Please enter an address such as ann@example.org.',
    codes: 'email_taken',
    maxLength: 254,
  });

/** The field for a password that is yet to be chosen. */
export function newPasswordField(id: string): string {
  return field({
    id,
    name: 'password',
    label: 'New password',
    type: 'password',
    autocomplete: 'new-password',
    wrong: 'Please use at least 8 characters.',
    hint: PASSWORD_HINT,
    codes: 'password_refused',
    minLength: 8,
    maxLength: 128,
  });
}

/** The field for an address of which nothing else is known. */
export function emailField(id: string): string {
  return email(id);
}

/**
 * Signing in, with a second factor where one is turned on.
 * @param intro markup that says why
 * @param maySignUp whether an account can be opened on the same page
 */
export function signInSteps(intro: string, maySignUp: boolean): Step[] {
  const password = field({
    id: 'sign-in-password',
    name: 'password',
    label: 'Password',
    type: 'password',
    autocomplete: 'current-password',
    wrong: 'Please enter your password.',
    maxLength: 128,
  });
  const code = field({
    id: 'factor',
    name: 'code',
    label: 'Code',
    autocomplete: 'one-time-code',
    wrong: 'Six digits, or a recovery code.',
    codes: 'challenge_failed',
    minLength: 6,
    maxLength: 32,
    isCode: true,
  });
  const other = maySignUp ? `<p>No account yet? ${sideButton('to-sign-up', 'Open one')}</p>` : '';
  return [
    {
      name: 'sign-in',
      heading: 'Sign in',
      content: `${intro}
${form('sign-in', [email('sign-in-email'), password], 'Sign in')}
<p><a href="/forgot-password">Forgot the password?</a></p>
${other}`,
    },
    {
      name: 'second-factor',
      heading: 'One more step',
      content: `<p>Enter the code from your authenticator app, the one that was mailed to you, or a recovery code.</p>
${form('second-factor', [code], 'Go on')}
<p>${sideButton('mail-factor', 'Mail me a code')}</p>`,
    },
  ];
}

/** Opening an account. */
export function signUpStep(intro: string): Step {
  const name = field({
    id: 'sign-up-name',
    name: 'name',
    label: 'Your name',
    autocomplete: 'name',
    wrong: 'Please use at least 2 characters.',
    hint: 'As others will see it.',
    minLength: 2,
    maxLength: 100,
  });
  return {
    name: 'sign-up',
    heading: 'Open an account',
    content: `${intro}
${form('sign-up', [name, email('sign-up-email'), newPasswordField('sign-up-password')], 'Open the account')}
<p>You have an account? ${sideButton('to-sign-in', 'Sign in')}</p>`,
  };
}

/** Proving the e-mail address with the mailed code. */
export function codeStep(heading: string): Step {
  const otp = field({
    id: 'otp',
    name: 'otp',
    label: 'Code from the mail',
    autocomplete: 'one-time-code',
    wrong: 'The code has six digits.',
    codes: 'code_wrong',
    minLength: 6,
    maxLength: 12,
    numeric: true,
    isCode: true,
  });
  return {
    name: 'code',
    heading,
    content: `<p>A code with six digits was mailed to <strong data-fill="address"></strong>. It works for ten minutes.</p>
${form('code', [otp], 'Verify the address')}
<p>${sideButton('new-code', 'Mail me a new code')}</p>
<p>${leaveButton()}</p>`,
  };
}

/** The way out for somebody whose browser is signed in as somebody else. */
export function leaveButton(): string {
  return '<button type="button" class="plain" data-leave>Use another account</button>';
}
