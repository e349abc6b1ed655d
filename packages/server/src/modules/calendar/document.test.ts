import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { calendarOf, type DueTask } from './document.ts';

const task: DueTask = {
  id: '01987a00-0000-7000-8000-00000000000a',
  title: 'Buy nails',
  description: '',
  category: null,
  link: null,
  priority: 'medium',
  status: 'todo',
  dueAt: new Date('2026-08-09T15:00:00Z'),
  dueOn: null,
  recurrence: null,
  completedAt: null,
  createdAt: new Date('2026-08-01T10:00:00Z'),
  updatedAt: new Date('2026-08-02T10:00:00Z'),
  version: 3,
};

/** Parsed by another library. */
async function read(...tasks: DueTask[]) {
  const text = await calendarOf(tasks);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const [event, todo] = [calendar.getFirstSubcomponent('vevent'), calendar.getFirstSubcomponent('vtodo')];
  if (todo === null) throw new Error('There is no to-do.');
  return { text, calendar, event, todo };
}

test('a task is a to-do and an event with stable ids', async () => {
  const { event, todo } = await read(task);
  expect(todo.getFirstPropertyValue('uid')).toBe(`task-${task.id}@atrium`);
  expect(event?.getFirstPropertyValue('uid')).toBe(`due-${task.id}@atrium`);
  expect(String(todo.getFirstPropertyValue('due'))).toBe('2026-08-09T15:00:00Z');
  expect(todo.getFirstPropertyValue('status')).toBe('NEEDS-ACTION');
  expect(todo.getFirstPropertyValue('sequence')).toBe(2);
  expect(event && new ICAL.Event(event).duration.toSeconds()).toBe(900);
});

test('the same tasks produce the same text', async () => {
  expect(await calendarOf([task])).toBe(await calendarOf([task]));
});

test('a due day without a time is a date, ends at most a day later and has no time zone', async () => {
  const { event, text } = await read({ ...task, dueAt: null, dueOn: '2026-12-29' });
  expect(text).toContain('DTSTART;VALUE=DATE:20261229\r\n');
  expect(text).toContain('DUE;VALUE=DATE:20261229\r\n');
  expect(text).not.toContain('TZID');
  expect(event && new ICAL.Event(event).endDate.toString()).toBe('2026-12-30');
});

test('text is escaped, loses control characters and keeps its line breaks; every line ends in CRLF', async () => {
  const { event, text } = await read({
    ...task,
    title: 'Lunch, dinner; \\ "x"',
    description: `one\r\ntwo\u0007 ${'long '.repeat(40)}劳动合同 📎`,
    category: 'a,b',
  });
  expect(event?.getFirstPropertyValue('summary')).toBe('Lunch, dinner; \\ "x"');
  expect(event?.getFirstPropertyValue('description')).toBe(`one\ntwo ${'long '.repeat(40)}劳动合同 📎`);
  expect(event?.getFirstProperty('categories')?.getValues()).toEqual(['a b']);
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test('a recurring task keeps its local time across clock changes', async () => {
  const start = '2026-09-20T16:00:00';
  const recurrence = { rule: 'FREQ=WEEKLY;BYDAY=SU', timeZone: 'Australia/Sydney', occurrence: 1, start };
  // Sunday 20 September 2026, 16:00 in Sydney; the clocks change on 4 October.
  const { calendar, event } = await read({ ...task, dueAt: new Date('2026-09-20T06:00:00Z'), recurrence });
  const zone = calendar.getFirstSubcomponent('vtimezone');
  if (event === null || zone === null) throw new Error('There is no event, or no time zone.');
  expect(event.getFirstProperty('dtstart')?.getParameter('tzid')).toBe('Australia/Sydney');
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const times = new ICAL.Event(event).iterator();
  const instants = Array.from({ length: 4 }, () => times.next()?.toJSDate().toISOString());
  expect(instants).toEqual([
    '2026-09-20T06:00:00.000Z',
    '2026-09-27T06:00:00.000Z',
    '2026-10-04T05:00:00.000Z',
    '2026-10-11T05:00:00.000Z',
  ]);
});

test('a completed task is no longer an event', async () => {
  const { event, todo } = await read({ ...task, status: 'completed', completedAt: new Date('2026-08-03T09:00:00Z') });
  expect(event).toBeNull();
  expect(todo.getFirstPropertyValue('status')).toBe('COMPLETED');
  expect(String(todo.getFirstPropertyValue('completed'))).toBe('2026-08-03T09:00:00Z');
});

test('without due tasks, the calendar is empty and valid', async () => {
  expect(new ICAL.Component(ICAL.parse(await calendarOf([]))).getAllSubcomponents()).toEqual([]);
});

const monthly = { rule: 'FREQ=MONTHLY', timeZone: 'UTC', occurrence: 1, start: '2027-01-30' };
const onTheThirtieth = { ...task, dueAt: null, dueOn: '2027-01-30', recurrence: monthly };

test('dates that no rule can express are separate events with stable ids', async () => {
  const { calendar, event } = await read(onTheThirtieth);
  const events = calendar.getAllSubcomponents('vevent');
  expect(events).toHaveLength(61);
  expect(event?.getFirstProperty('rrule')).toBeNull();
  expect(events.slice(0, 3).map((each) => each.getFirstPropertyValue('uid'))).toEqual([
    `due-${task.id}@atrium`,
    `due-${task.id}-2027-02-28@atrium`,
    `due-${task.id}-2027-03-30@atrium`,
  ]);
  expect(events.every((each) => each.getFirstPropertyValue('summary') === task.title)).toBe(true);
});

test('with many such tasks, each is expanded for a shorter period', async () => {
  const many = Array.from({ length: 400 }, (_, at) => ({ ...onTheThirtieth, id: `${task.id}-${at}` }));
  const { calendar } = await read(...many);
  expect(calendar.getAllSubcomponents('vevent')).toHaveLength(400 * 6);
});

test('a task that recurs from completion has only one date', async () => {
  const { calendar } = await read({ ...onTheThirtieth, recurrence: null });
  expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1);
});
