import { Trans, useLingui } from '@lingui/react/macro';
import { EmojiPicker } from 'frimousse';
import { resolveEmoji } from './emoji-data.ts';
import styles from './emoji-picker.module.css';

/** The grid of all emoji: arrow keys move in it, typing searches. */
export default function EmojiGrid({ onPick }: { onPick: (emoji: string) => void }) {
  const { i18n, t } = useLingui();
  return (
    <EmojiPicker.Root
      className={styles.root}
      columns={8}
      locale={i18n.locale}
      resolveEmojiData={resolveEmoji}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <EmojiPicker.Search
        autoFocus
        className={styles.search}
        placeholder={t`Search emoji`}
        aria-label={t`Search emoji`}
      />
      <EmojiPicker.Viewport className={styles.viewport}>
        <EmojiPicker.Loading className={styles.note}>
          <Trans>Loading…</Trans>
        </EmojiPicker.Loading>
        <EmojiPicker.Empty className={styles.note}>
          <Trans>No emoji of that name</Trans>
        </EmojiPicker.Empty>
        <EmojiPicker.List
          className={styles.list}
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div {...props} className={styles.category}>
                {category.label}
              </div>
            ),
            Row: (props) => <div {...fromOne(props)} className={styles.row} />,
            Emoji: ({ emoji, ...props }) => (
              <button {...fromOne(props)} type="button" className={styles.emoji}>
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </EmojiPicker.Viewport>
      <div className={styles.foot}>
        <EmojiPicker.ActiveEmoji>
          {({ emoji }) => <span className={styles.active}>{emoji ? `${emoji.emoji} ${emoji.label}` : ''}</span>}
        </EmojiPicker.ActiveEmoji>
        <EmojiPicker.SkinToneSelector className={styles.tone} aria-label={t`Skin tone`} />
      </div>
    </EmojiPicker.Root>
  );
}

/** The library counts rows and columns from 0, ARIA from 1. */
function fromOne<Props extends object>(props: Props): Props {
  const counted = Object.entries(props).map(([name, value]) =>
    name === 'aria-rowindex' || name === 'aria-colindex' ? [name, Number(value) + 1] : [name, value],
  );
  return Object.fromEntries(counted) as Props;
}
