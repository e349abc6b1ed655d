import { newId } from '../../../platform/new-id.ts';
import type { Who } from './cast.ts';
import { type DemoFile, HARVEST, WATERING_PLAN } from './files.ts';
import type { Calendar, Step } from './stage.ts';

/** Messages with files: the conversation, author, time, text and file. */
const SENT: readonly [
  room: string,
  who: Who,
  daysAgo: number,
  time: `${number}:${number}`,
  content: string,
  file: DemoFile,
][] = [
  ['general', 'yuki', 14, '18:20', 'Here it is.', HARVEST],
  ['with yuki', 'yuki', 9, '11:20', 'And the plan for this week, as a table.', WATERING_PLAN],
];

/** Personal data: reminders, a draft, saved messages, goals. */
export function personalSteps(calendar: Calendar): Step[] {
  const sent = SENT.map(
    ([room, who, daysAgo, time, content, file]): Step => ({
      at: calendar.on(daysAgo, time),
      who,
      async run(api, stage) {
        const { attachments } = await api.attachments.upload(
          { workspaceId: stage.workspaceId },
          { files: file.sent() },
        );
        await api.messages.send({
          conversationId: stage.id(room),
          content,
          attachmentIds: attachments.map(({ id }) => id),
          clientMessageId: newId(),
        });
      },
    }),
  );
  const step = (who: Who, minutesAgo: number, run: Step['run']): Step => ({ at: calendar.ago(minutesAgo), who, run });
  const inHours = (hours: number) => new Date(calendar.now.getTime() + hours * 3_600_000).toISOString();
  return [
    ...sent,
    { at: calendar.on(27, '10:00'), who: 'you', run: (api) => api.analytics.setGoals({ daily: 2, weekly: 8 }) },
    step('you', 170, (api) => api.notifications.readAll({})),
    step('you', 58, (api, stage) => api.saved.add({ messageId: stage.id('numbers') })),
    step('you', 57, (api, stage) => api.saved.add({ messageId: stage.id('potatoes') })),
    step('you', 56, (api, stage) =>
      api.drafts.set({ conversationId: stage.id('harvest'), content: 'The long ladder is at the south wall, and' }),
    ),
    step('you', 55, (api) =>
      api.reminders.create({ message: 'Close the vents', scheduledAt: inHours(6), type: 'push' }),
    ),
    step('you', 54, (api, stage) =>
      api.reminders.create({
        message: 'Ask for the second offer',
        taskId: stage.id('task offers'),
        scheduledAt: inHours(50),
        type: 'push',
      }),
    ),
    step('you', 53, (api, stage) =>
      api.reminders.create({
        message: 'Check the frost tonight',
        messageId: stage.id('open day'),
        scheduledAt: inHours(26),
        type: 'push',
      }),
    ),
    step('ngozi', 300, (api, stage) => api.support.take({ conversationId: stage.id('case of haneul') })),
  ];
}
