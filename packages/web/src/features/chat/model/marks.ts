/** A text with a selection. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

export type Mark = 'bold' | 'italic' | 'code' | 'quote' | 'list';

const AROUND = { bold: '**', italic: '_', code: '`' } as const;
const BEFORE = { quote: '> ', list: '- ' } as const;

/** A replacement of a part of the text, and the selection afterwards. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

/** Adds a mark around the selection, or removes it; quotes and lists mark whole lines. */
export function toggleMark({ text, start, end }: Selected, mark: Mark): Edit {
  if (mark === 'quote' || mark === 'list') return toggleLines({ text, start, end }, BEFORE[mark]);
  const selected = text.slice(start, end);
  if (mark === 'code' && selected.includes('\n')) {
    const insert = `\`\`\`\n${selected}\n\`\`\``;
    return { from: start, to: end, insert, start: start + 4, end: start + 4 + selected.length };
  }
  const sign = AROUND[mark];
  const has = text.slice(start - sign.length, start) === sign && text.slice(end, end + sign.length) === sign;
  return has
    ? {
        from: start - sign.length,
        to: end + sign.length,
        insert: selected,
        start: start - sign.length,
        end: end - sign.length,
      }
    : { from: start, to: end, insert: sign + selected + sign, start: start + sign.length, end: end + sign.length };
}

function toggleLines({ text, start, end }: Selected, sign: string): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const marked = lines.every((line) => line.startsWith(sign));
  const insert = lines.map((line) => (marked ? line.slice(sign.length) : sign + line)).join('\n');
  return { from, to, insert, start: from + insert.length, end: from + insert.length };
}
