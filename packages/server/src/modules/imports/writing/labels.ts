import { labels as labelOperations } from '@atrium/protocol';
import { newId } from '../../../platform/new-id.ts';
import type { LabelRow } from '../rows/neutral.ts';
import { fitLabel, labelKey } from '../rows/text.ts';
import { type Batch, LeftOut } from './batch.ts';

const { color: colorShape } = labelOperations.create.input.shape;

/** The label of that name in the workspace, created if there is none; undefined in a dry run, or if it is refused. */
export async function labelOf(
  batch: Batch,
  { color, name: wanted }: Pick<LabelRow, 'name' | 'color'>,
): Promise<string | undefined> {
  const { ownerId, workspaceId } = batch.job;
  const name = fitLabel(wanted);
  const key = labelKey(wanted);
  const known = await batch.mapped('label', key);
  if (known !== undefined || batch.isDry) return known;
  const api = batch.as(ownerId, batch.open.now);
  const { items } = await api.labels.list({ workspaceId });
  const same = items.find((label) => label.name.toLowerCase() === key);
  const shade = colorShape.safeParse(color).data;
  const label =
    same ??
    (await batch.attempt(`the label ${name} is left out`, () =>
      api.labels.create({ workspaceId, name, ...(shade === undefined ? {} : { color: shade }) }),
    ));
  if (label !== undefined) await batch.map('label', key, label.id);
  return label?.id;
}

/** Creates a label, whether or not a task has it. */
export async function writeLabel(batch: Batch, row: LabelRow): Promise<string> {
  const id = await labelOf(batch, row);
  if (id !== undefined) return id;
  if (batch.isDry) return newId();
  throw new LeftOut(batch.notes.at(-1) ?? 'it was refused');
}
