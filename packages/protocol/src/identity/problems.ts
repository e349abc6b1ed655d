import type { ProblemSpec } from '../core/problem.ts';

export const identityProblems = {
  password_refused: { status: 400, title: 'This password cannot be used' },
  code_wrong: { status: 400, title: 'The code is incorrect or has expired' },
  link_wrong: { status: 400, title: 'The link is incorrect, has been used, or has expired' },
  password_wrong: { status: 400, title: 'The password is incorrect' },
  invalid_credentials: { status: 401, title: 'The email or password is incorrect' },
  challenge_failed: { status: 401, title: 'The code is incorrect, or the sign-in has expired' },
  reauthentication_required: { status: 403, title: 'Enter your password or sign in again' },
  email_taken: { status: 409, title: 'This email address is already in use' },
  username_taken: { status: 409, title: 'This username is already in use' },
  registration_closed: { status: 403, title: 'Registration is closed, or by invitation only' },
  setup_link_required: { status: 403, title: 'The first account is created through the link that the server shows' },
  last_sign_in: { status: 409, title: 'The last way to sign in cannot be removed' },
} as const satisfies Record<string, ProblemSpec>;
