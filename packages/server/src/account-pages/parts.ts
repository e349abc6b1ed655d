import { escapeHtml } from '../platform/pages/index.ts';

/** One step of a page; its script shows one at a time. */
export interface Step {
  name: string;
  heading: string;
  /** Markup. */
  content: string;
}

/** Steps are hidden until the script has found out where its visitor is. */
export function steps(all: readonly Step[]): string {
  const sections = all.map(
    ({ name, heading, content }) =>
      `<section data-step="${name}" hidden>\n<h1 tabindex="-1">${heading}</h1>\n${content}\n</section>`,
  );
  return `<noscript><p>This page needs JavaScript to talk to the server.</p></noscript>\n${sections.join('\n')}`;
}

/** One line to fill in, with its label and a place for what is wrong with it. */
export interface Field {
  id: string;
  /** Its name in the operation's input. */
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  autocomplete: string;
  /** Said when what was typed cannot be right. */
  wrong: string;
  /** Said from the start, below the label. */
  hint?: string;
  /** Codes of problems that are about this field. */
  codes?: string;
  minLength?: number;
  maxLength: number;
  numeric?: boolean;
  /** Typed in capitals and in one width: a code. */
  isCode?: boolean;
}

/** @returns markup */
export function field(options: Field): string {
  const { id, name, label, type = 'text', autocomplete, wrong, hint, codes, minLength, maxLength } = options;
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), `${id}-fault`].join(' ');
  const attributes = [
    `id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}" required maxlength="${maxLength}"`,
    `aria-describedby="${described}" data-wrong="${escapeHtml(wrong)}"`,
    ...(codes === undefined ? [] : [`data-codes="${codes}"`]),
    ...(minLength === undefined ? [] : [`minlength="${minLength}"`]),
    ...(options.numeric ? ['inputmode="numeric"'] : []),
    ...(options.isCode ? ['class="code" spellcheck="false" autocapitalize="characters"'] : []),
    ...(type === 'text' ? [] : ['spellcheck="false" autocapitalize="none"']),
  ].join(' ');
  const shown =
    type === 'password'
      ? `<span class="with-switch"><input ${attributes}><button type="button" class="plain" data-shows="${id}" aria-pressed="false" aria-label="Show the password">Show</button></span>`
      : `<input ${attributes}>`;
  return `<div class="field">
<label for="${id}">${label}</label>
${hint === undefined ? '' : `<p class="quiet" id="${id}-hint">${hint}</p>\n`}${shown}
<p class="wrong" id="${id}-fault" hidden></p>
</div>`;
}

/**
 * A form with its button and a place for what is wrong with the whole of it.
 * @param after markup beside that place, such as a way out for one kind of problem
 */
export function form(id: string, fields: readonly string[], button: string, after = ''): string {
  return `<form id="${id}" method="post" novalidate>
${fields.join('\n')}
<p class="says" data-says role="status" hidden></p>
${after}
<button type="submit">${button}</button>
</form>`;
}

/** A button that is not the way on. */
export function sideButton(id: string, label: string): string {
  return `<button type="button" class="plain" id="${id}">${label}</button>`;
}
