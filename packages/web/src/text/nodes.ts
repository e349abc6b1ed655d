/** A piece of a line. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'emphasis' | 'strike'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] }
  /** `name` in lower case, `text` as it was written; `shorter` is meant if nobody has the name. */
  | { kind: 'mention'; name: string; text: string; shorter?: string }
  | { kind: 'shortcode'; name: string };

/** A part of a message that stands by itself. */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'codeBlock'; text: string; language: string | undefined }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] };
