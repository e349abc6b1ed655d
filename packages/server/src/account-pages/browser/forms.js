import { Refusal } from './api.js';

/** @param {string} id */
export const element = (id) => document.getElementById(id);

/** What stands behind the # of the address: `#token=…` by its name, or all of it. */
export function fromLink(name) {
  const hash = decodeURIComponent(location.hash.slice(1));
  if (name === undefined) return hash;
  return new URLSearchParams(location.hash.slice(1)).get(name) ?? '';
}

/** Takes what was used out of the address, so that it is neither shown on nor kept with the page. */
export function forgetLink() {
  history.replaceState(null, '', location.pathname);
}

/** Shows one step of the page and hides the others. The heading gets the focus, so that it is read out. */
export function show(step) {
  for (const section of document.querySelectorAll('[data-step]')) section.hidden = section.dataset.step !== step;
  document.querySelector(`[data-step="${step}"] h1`)?.focus();
}

/** Writes a text into every place of this name: names and addresses are never markup. */
export function fill(name, text) {
  for (const place of document.querySelectorAll(`[data-fill="${name}"]`)) place.textContent = text;
}

/**
 * Calls `send` with the values of a form when it is sent and is filled in rightly. A Refusal is shown in the form.
 * @param {string} id
 * @param {(values: Record<string, string>) => Promise<void>} send
 */
export function onSend(id, send) {
  const form = element(id);
  form?.addEventListener('input', ({ target }) => fault(target, ''));
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    void sending(form, () => send(Object.fromEntries(new FormData(form))));
  });
}

/** The same for a button that needs no form of its own. */
export function onPress(id, send) {
  const button = element(id);
  button?.addEventListener(
    'click',
    () => void sending(button.closest('[data-step]').querySelector('form'), send, false),
  );
}

async function sending(form, send, checked = true) {
  if (form.hasAttribute('aria-busy')) return;
  clear(form);
  if (checked && !isFilledIn(form)) return;
  form.setAttribute('aria-busy', 'true');
  try {
    await send();
  } catch (error) {
    if (!(error instanceof Refusal)) reportError(error);
    refuse(form, error instanceof Refusal ? error.problem : { title: 'Something went wrong in this page', code: '' });
  } finally {
    form.removeAttribute('aria-busy');
  }
}

/** Says something about the whole form, below its fields. */
export function say(form, text) {
  const place = form.querySelector('[data-says]');
  place.textContent = text;
  place.hidden = text === '';
}

function clear(form) {
  say(form, '');
  form.querySelector('[data-says]').classList.remove('wrong');
  for (const input of form.querySelectorAll('input')) fault(input, '');
}

function fault(input, text) {
  const place = element(`${input.id}-fault`);
  place.textContent = text;
  place.hidden = text === '';
  if (text === '') input.removeAttribute('aria-invalid');
  else input.setAttribute('aria-invalid', 'true');
}

function isFilledIn(form) {
  const wrong = [...form.querySelectorAll('input')].filter((input) => {
    const short = input.minLength > 0 && input.value.length < input.minLength;
    if (input.value === '') fault(input, 'Please fill this in.');
    else if (short || !input.checkValidity()) fault(input, input.dataset.wrong);
    else return false;
    return true;
  });
  wrong[0]?.focus();
  return wrong.length === 0;
}

/** Shows problem details: beside the field that they name, or else below the fields. */
export function refuse(form, problem) {
  const inputs = [...form.querySelectorAll('input')];
  const named = (problem.errors ?? []).map(({ path, message }) => [inputs.find(({ name }) => name === path), message]);
  const meant = inputs.find((input) => input.dataset.codes?.split(' ').includes(problem.code));
  const beside = named.some(([input]) => input)
    ? named.filter(([input]) => input)
    : meant
      ? [[meant, problem.title]]
      : [];
  for (const [input, message] of beside) fault(input, sentence(message));
  if (beside.length > 0) {
    beside[0][0].focus();
    return;
  }
  form.querySelector('[data-says]').classList.add('wrong');
  say(form, [problem.title, waiting(problem) ?? problem.detail].filter(Boolean).map(sentence).join(' '));
  for (const hint of form.querySelectorAll('[data-after]')) hint.hidden = hint.dataset.after !== problem.code;
}

function waiting({ retryAfterMs }) {
  if (retryAfterMs === undefined) return undefined;
  const minutes = Math.ceil(retryAfterMs / 60_000);
  return minutes <= 1 ? 'Try again in a minute' : `Try again in ${minutes} minutes`;
}

function sentence(given) {
  // Faults are written to follow the name of the field.
  const text = /^(is|has|must|may|contains|does) /.test(given) ? `this ${given}` : given;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** Buttons that show and hide what is typed into the password field beside them. */
for (const button of document.querySelectorAll('button[data-shows]')) {
  button.addEventListener('click', () => {
    const input = element(button.dataset.shows);
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  });
}
