import { BED_PLAN } from './files.ts';
import type { Calendar, Step } from './stage.ts';
import { DONE, JOBS, type Job, LABELS } from './task-list.ts';

function jobSteps(job: Job, place: number, calendar: Calendar): Step[] {
  const { key, created, who, members, labels = [], dueIn, done, weekly, parent, comments = [], status } = job;
  const { title, category = null, priority = 'medium', description = '' } = job;
  const minute = String(place % 60).padStart(2, '0');
  const create: Step = {
    at: calendar.on(created, `09:${minute}` as `${number}:${number}`),
    who,
    async run(api, stage) {
      const { id } = await api.tasks.create({
        workspaceId: stage.workspaceId,
        title,
        category,
        priority,
        description,
        memberIds: members.map((member) => stage.id(member)),
        labelIds: labels.map((label) => stage.id(`label ${label}`)),
        dueOn: dueIn === undefined ? null : calendar.date(dueIn),
        parentId: parent === undefined ? null : stage.id(`task ${parent}`),
        recurrence: weekly === undefined ? null : { rule: 'FREQ=WEEKLY' },
      });
      stage.put(`task ${key}`, id);
    },
  };
  const changes: Step[] = [];
  const [first = who] = members;
  if (status !== undefined) {
    changes.push({
      at: calendar.on(created - 1, `10:${minute}` as `${number}:${number}`),
      who: first,
      run: (api, stage) => api.tasks.update({ taskId: stage.id(`task ${key}`), status }),
    });
  }
  if (done !== undefined) {
    changes.push({
      at: calendar.on(done, '17:30'),
      who: first,
      run: (api, stage) => api.tasks.update({ taskId: stage.id(`task ${key}`), status: 'completed' }),
    });
  }
  const said = comments.map(
    ([author, daysAgo, content]): Step => ({
      at: calendar.on(daysAgo, '18:15'),
      who: author,
      run: (api, stage) => api.taskComments.add({ taskId: stage.id(`task ${key}`), content }),
    }),
  );
  return [create, ...changes, ...said];
}

/** Creates open and completed tasks. */
export function taskSteps(calendar: Calendar): Step[] {
  const labels: Step = {
    at: calendar.on(28, '08:10'),
    who: 'you',
    async run(api, stage) {
      for (const [name, color] of Object.entries(LABELS)) {
        const { id } = await api.labels.create({ workspaceId: stage.workspaceId, name, color });
        stage.put(`label ${name}`, id);
      }
    },
  };
  const done = DONE.flatMap(([title, category, who, daysAgo], place): Step[] => [
    {
      at: calendar.on(daysAgo, '08:00'),
      who,
      async run(api, stage) {
        const memberIds = [stage.id(who)];
        stage.put(
          `task ${title}`,
          (await api.tasks.create({ workspaceId: stage.workspaceId, title, category, memberIds })).id,
        );
      },
    },
    {
      at: calendar.on(daysAgo, place % 2 === 0 ? '14:10' : '17:40'),
      who,
      run: (api, stage) => api.tasks.update({ taskId: stage.id(`task ${title}`), status: 'completed' }),
    },
  ]);
  const files: Step = {
    at: calendar.on(5, '15:00'),
    who: 'max',
    run: (api, stage) => api.attachments.addToTask({ taskId: stage.id('task open day') }, { files: BED_PLAN.sent() }),
  };
  return [labels, ...JOBS.flatMap((job, place) => jobSteps(job, place, calendar)), ...done, files];
}
