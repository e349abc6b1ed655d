import { Fragment, memo, type ReactNode } from 'react';
import { classes } from '../ui/classes.ts';
import { CodeBlock } from './code-block.tsx';
import { countIfOnlyEmoji } from './emoji.ts';
import type { Block, Inline } from './nodes.ts';
import { parse } from './parse.ts';
import { useShortcodes } from './shortcodes.ts';
import styles from './text.module.css';

/** Who is meant by a mention; undefined: nobody, it is shown as it was written. */
export type MentionLookup = (name: string) => { label: string; isMe: boolean; onPress?: () => void } | undefined;

/** What is quoted mentions nobody. */
const nobody: MentionLookup = () => undefined;

export interface MessageTextProps {
  content: string;
  mention: MentionLookup;
  /** Stands behind the last word: that it was edited. */
  after?: ReactNode;
}

/** What a message says. Only elements are made of it, never HTML. */
export const MessageText = memo(function MessageText({ content, mention, after }: MessageTextProps) {
  const emoji = countIfOnlyEmoji(content);
  const found = parse(content);
  const last = found.at(-1);
  return (
    <div dir="auto" className={classes(styles.text, emoji > 0 && emoji <= 3 && styles.big)}>
      {found.map((block, at) => (
        <BlockView
          key={keyOf(at)}
          block={block}
          mention={mention}
          after={block === last && block.kind === 'paragraph' ? after : undefined}
        />
      ))}
      {last?.kind !== 'paragraph' && after}
    </div>
  );
});

interface Shown {
  mention: MentionLookup;
}

function BlockView({ block, mention, after }: Shown & { block: Block; after?: ReactNode }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className={styles.paragraph}>
          <Inlines nodes={block.children} mention={mention} />
          {after}
        </p>
      );
    case 'codeBlock':
      return <CodeBlock text={block.text} language={block.language} />;
    case 'quote':
      return (
        <blockquote className={styles.quote}>
          <Blocks blocks={block.children} mention={nobody} />
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item, at) => (
        <li key={keyOf(at)}>
          <Blocks blocks={item} mention={mention} />
        </li>
      ));
      return block.ordered ? (
        <ol className={styles.ordered} start={block.start}>
          {items}
        </ol>
      ) : (
        <ul className={styles.bullets}>{items}</ul>
      );
    }
  }
}

function Blocks({ blocks, mention }: Shown & { blocks: readonly Block[] }) {
  return blocks.map((block, at) => <BlockView key={keyOf(at)} block={block} mention={mention} />);
}

function Inlines({ nodes, mention }: Shown & { nodes: readonly Inline[] }) {
  return nodes.map((node, at) => (
    <Fragment key={keyOf(at)}>
      <InlineView node={node} mention={mention} />
    </Fragment>
  ));
}

function InlineView({ node, mention }: Shown & { node: Inline }) {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'break':
      return <br />;
    case 'code':
      return <code className={styles.code}>{node.text}</code>;
    case 'strong':
      return (
        <strong>
          <Inlines nodes={node.children} mention={mention} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Inlines nodes={node.children} mention={mention} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} mention={mention} />
        </s>
      );
    case 'link':
      return (
        <a className={styles.link} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          <Inlines nodes={node.children} mention={mention} />
        </a>
      );
    case 'mention':
      return <Mention node={node} mention={mention} />;
    case 'shortcode':
      return <Shortcode name={node.name} />;
  }
}

function Mention({ node: { name, shorter, text }, mention }: Shown & { node: Inline & { kind: 'mention' } }) {
  const whole = mention(name);
  const meant = whole ?? (shorter === undefined ? undefined : mention(shorter));
  if (!meant) return text;
  const after = whole || shorter === undefined ? '' : text.slice(shorter.length + 1);
  const className = classes(styles.mention, meant.isMe && styles.me);
  if (!meant.onPress) {
    return (
      <>
        <span className={className}>@{meant.label}</span>
        {after}
      </>
    );
  }
  return (
    <>
      <button type="button" className={className} onClick={meant.onPress}>
        @{meant.label}
      </button>
      {after}
    </>
  );
}

/** An emoji by its name, as `:tada:`; the name itself when no emoji has it. */
export function Shortcode({ name }: { name: string }) {
  const emoji = useShortcodes()?.get(name);
  return emoji ? (
    <span role="img" aria-label={name.replaceAll('_', ' ')}>
      {emoji}
    </span>
  ) : (
    `:${name}:`
  );
}

/** Parts of a text never change their places without being made anew. */
function keyOf(at: number): string {
  return String(at);
}
