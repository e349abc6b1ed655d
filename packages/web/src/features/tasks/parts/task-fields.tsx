import type { TaskState, User } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useId } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { WEEKDAYS } from '../../../i18n/rules.ts';
import { useRuleText } from '../../../i18n/use-rule-text.ts';
import { isComposing } from '../../../ui/composing.ts';
import { DateField } from '../../../ui/field/date-field.tsx';
import { Select } from '../../../ui/field/text-field.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { changeTask } from '../commands.ts';
import { dueDay } from '../model.ts';
import { LabelField } from './label-field.tsx';
import { LinkField } from './link-field.tsx';
import { Members } from './members.tsx';
import styles from './tasks.module.css';
import { VisibilityField } from './visibility-field.tsx';

/** The fields of a task, each edited in place. */
export function TaskFields({ task, people }: { task: TaskState; people: readonly User[] }) {
  const { t } = useLingui();
  const mayEdit = task.can.update;
  const shared = { hideLabel: true, disabled: !mayEdit } as const;
  return (
    <>
      <Field label={t`Status`}>
        <Select
          {...shared}
          label={t`Status`}
          value={task.status}
          onChange={({ target }) => void changeTask(task, { status: target.value as TaskState['status'] })}
        >
          <option value="todo">{t`To do`}</option>
          <option value="in-progress">{t`In progress`}</option>
          <option value="completed">{t`Completed`}</option>
        </Select>
      </Field>
      <Field label={t`Due`}>
        <DueField task={task} />
      </Field>
      <Field label={t`Priority`}>
        <Select
          {...shared}
          label={t`Priority`}
          value={task.priority}
          onChange={({ target }) => void changeTask(task, { priority: target.value as TaskState['priority'] })}
        >
          <option value="high">{t`High`}</option>
          <option value="medium">{t`Medium`}</option>
          <option value="low">{t`Low`}</option>
        </Select>
      </Field>
      <Field label={t`Category`}>
        <CategoryField task={task} />
      </Field>
      <Field label={t`Labels`}>
        <LabelField task={task} />
      </Field>
      <Field label={t`Link`}>
        <LinkField task={task} />
      </Field>
      <Field label={t`Repeats`}>
        <RecurrenceField task={task} />
      </Field>
      <Field label={t`Members`}>
        <Members task={task} people={people} />
      </Field>
      {task.can.manage && (
        <Field label={t`Visible to`}>
          <VisibilityField task={task} />
        </Field>
      )}
      {task.source && (
        <Field label={t({ message: 'From', context: 'message of a task' })}>
          <Link to={`/c/${task.source.conversationId}`}>
            <Trans>The message</Trans>
          </Link>
        </Field>
      )}
    </>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <span aria-hidden className={styles.fieldLabel}>
        {label}
      </span>
      <div className={styles.fieldValue}>{children}</div>
    </div>
  );
}

/** A day; a time that was set elsewhere is shown and kept until the day changes. */
function DueField({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const { dayKey, time } = useFormats();
  return (
    <span className={styles.dueField}>
      <DateField
        hideLabel
        label={t`Due`}
        day={dueDay(task, dayKey) ?? ''}
        disabled={!task.can.update}
        onDay={(day) => void changeTask(task, { dueOn: day || null, dueAt: null })}
      />
      {task.dueAt !== null && <span className={styles.count}>{time(task.dueAt)}</span>}
    </span>
  );
}

function CategoryField({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const id = useId();
  const save = (category: string) => {
    if (category !== (task.category ?? '')) void changeTask(task, { category: category === '' ? null : category });
  };
  return (
    <input
      key={task.category}
      id={id}
      className={styles.category}
      aria-label={t`Category`}
      placeholder={t`None`}
      defaultValue={task.category ?? ''}
      maxLength={50}
      dir="auto"
      disabled={!task.can.update}
      onBlur={({ target }) => save(target.value.trim())}
      onKeyDown={(event) => event.key === 'Enter' && !isComposing(event) && event.currentTarget.blur()}
    />
  );
}

const RULES: readonly string[] = ['FREQ=DAILY', WEEKDAYS, 'FREQ=WEEKLY', 'FREQ=MONTHLY', 'FREQ=YEARLY'];

function RecurrenceField({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const rule = task.recurrence?.rule ?? '';
  const text = useRuleText();
  const rules = rule === '' || RULES.includes(rule) ? RULES : [...RULES, rule];
  const change = (next: string) =>
    changeTask(task, { recurrence: next === '' ? null : { rule: next, from: task.recurrence?.from ?? 'due' } });
  return (
    <Select
      hideLabel
      label={t`Repeats`}
      value={rule}
      disabled={!task.can.update}
      onChange={({ target }) => void change(target.value)}
    >
      <option value="">{t`Never`}</option>
      {rules.map((each) => (
        <option key={each} value={each}>
          {text(each)}
        </option>
      ))}
    </Select>
  );
}
