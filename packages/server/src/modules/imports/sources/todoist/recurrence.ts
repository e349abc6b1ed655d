import type { Temporal } from 'temporal-polyfill';

/** Parses the recurrence of a task from natural language. */
export interface SpokenRule {
  /** RFC 5545, without the prefix. */
  rule: string;
  from: 'due' | 'completion';
  /** The first due day. */
  firstOn: string;
}

const EVERY =
  /^(?:(every|ev|jed(?:en|e|es)|alle)(!)?\s+|(daily|weekly|monthly|yearly|annually|täglich|wöchentlich|monatlich|jährlich)(!)?$)(.*)$/iu;
const FREQUENCIES: Readonly<Record<string, string>> = {
  day: 'DAILY',
  days: 'DAILY',
  tag: 'DAILY',
  tage: 'DAILY',
  daily: 'DAILY',
  täglich: 'DAILY',
  week: 'WEEKLY',
  weeks: 'WEEKLY',
  woche: 'WEEKLY',
  wochen: 'WEEKLY',
  weekly: 'WEEKLY',
  wöchentlich: 'WEEKLY',
  month: 'MONTHLY',
  months: 'MONTHLY',
  monat: 'MONTHLY',
  monate: 'MONTHLY',
  monthly: 'MONTHLY',
  monatlich: 'MONTHLY',
  year: 'YEARLY',
  years: 'YEARLY',
  jahr: 'YEARLY',
  jahre: 'YEARLY',
  yearly: 'YEARLY',
  annually: 'YEARLY',
  jährlich: 'YEARLY',
};
/** By prefix of their names, Monday first. */
const WEEKDAYS: readonly (readonly [code: string, name: RegExp])[] = [
  ['MO', /^(mon(day)?s?|mo|montags?)$/i],
  ['TU', /^(tue(s(day)?)?s?|di|dienstags?)$/i],
  ['WE', /^(wed(nesday)?s?|mi|mittwochs?)$/i],
  ['TH', /^(thu(r(s(day)?)?)?s?|do|donnerstags?)$/i],
  ['FR', /^(fri(day)?s?|fr|freitags?)$/i],
  ['SA', /^(sat(urday)?s?|sa|samstags?|sonnabends?)$/i],
  ['SU', /^(sun(day)?s?|so|sonntags?)$/i],
];
const WORKDAYS = /^(week\s?days?|work\s?days?|werktage?|arbeitstage?)$/i;
const ORDINAL = /^(\d{1,2})(st|nd|rd|th|\.)$/i;
const LAST_DAY = /^(last day|letzten tag)$/i;
const COUNTED = /^(other|2nd|second|zweiten?|zweite|\d{1,3})\s+(\S+)$/iu;
const MOST_INTERVAL = 1_000;

type Day = Temporal.PlainDate;

/** Parses a rule such as `every! 31st`, `every other week`, `jeden Montag`. @returns undefined for other text */
export function spokenRule(words: string, today: Day): SpokenRule | undefined {
  const match = EVERY.exec(words.trim());
  if (match === null) return undefined;
  const [, , strict, adverb, strictAdverb, rest = ''] = match;
  const read = ruleFor((adverb ?? rest).trim().toLowerCase());
  if (read === undefined) return undefined;
  const first = firstDay(today, read.isOn);
  if (first === undefined) return undefined;
  const from = strict === '!' || strictAdverb === '!' ? 'completion' : 'due';
  return { rule: read.rule, from, firstOn: first.toString() };
}

interface Read {
  rule: string;
  isOn(day: Day): boolean;
}

function ruleFor(words: string): Read | undefined {
  if (FREQUENCIES[words] !== undefined) return { rule: `FREQ=${FREQUENCIES[words]}`, isOn: () => true };
  const [, count = '', unit = ''] = COUNTED.exec(words) ?? [];
  const frequency = FREQUENCIES[unit];
  if (frequency !== undefined) {
    const interval = /^\d+$/.test(count) ? Number(count) : 2;
    if (interval < 1 || interval > MOST_INTERVAL) return undefined;
    return { rule: `FREQ=${frequency};INTERVAL=${interval}`, isOn: () => true };
  }
  if (LAST_DAY.test(words)) return { rule: 'FREQ=MONTHLY;BYMONTHDAY=-1', isOn: (day) => day.day === day.daysInMonth };
  const date = Number(ORDINAL.exec(words)?.[1] ?? 0);
  if (date >= 1 && date <= 31) return { rule: `FREQ=MONTHLY;BYMONTHDAY=${date}`, isOn: (day) => day.day === date };
  return weekly(words);
}

function weekly(words: string): Read | undefined {
  const names = WORKDAYS.test(words)
    ? ['mo', 'di', 'mi', 'do', 'fr']
    : words.split(/\s*(?:,|and|und|&|\s)\s*/).filter(Boolean);
  const numbers = names.map((name) => WEEKDAYS.findIndex(([, pattern]) => pattern.test(name)));
  if (numbers.length === 0 || numbers.includes(-1)) return undefined;
  const codes = [...new Set(numbers)].sort().map((number) => WEEKDAYS[number]?.[0]);
  return { rule: `FREQ=WEEKLY;BYDAY=${codes.join(',')}`, isOn: (day) => numbers.includes(day.dayOfWeek - 1) };
}

/** The first matching day from today on, within two months. */
function firstDay(today: Day, isOn: (day: Day) => boolean): Day | undefined {
  for (let ahead = 0; ahead <= 62; ahead += 1) {
    const day = today.add({ days: ahead });
    if (isOn(day)) return day;
  }
  return undefined;
}
