import type { TaskStatus } from '@atrium/protocol';

/** Names of lists that imply a status, in English, German, French, Spanish, Dutch and Japanese. */
const DONE =
  /^\W*(done|completed?|finished|closed|shipped|erledigt|fertig|abgeschlossen|termin[ée]e?s?|fait|hecho|terminado|klaar|gereed|完了|済)/iu;
const DOING =
  /^\W*(doing|in progress|wip|started|in arbeit|in bearbeitung|l[äa]uft|en cours|en (curso|progreso)|bezig|in review|review|testing|進行中|作業中)/iu;

/** The status of a card, from the name of its list. */
export function statusOf(list: string): TaskStatus {
  if (DONE.test(list)) return 'completed';
  return DOING.test(list) ? 'in-progress' : 'todo';
}

const COLOURS: Readonly<Record<string, string>> = {
  green: '#4bce97',
  yellow: '#f5cd47',
  orange: '#fea362',
  red: '#f87168',
  purple: '#9f8fef',
  blue: '#579dff',
  sky: '#6cc3e0',
  lime: '#94c748',
  pink: '#e774bb',
  black: '#8590a2',
};

/** The colour of a label; shades map to their base colour. */
export function colourOf(name: string | undefined): string | undefined {
  return name === undefined ? undefined : COLOURS[name.replace(/_(light|dark)$/, '')];
}
