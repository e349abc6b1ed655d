import type { ImageType } from '../images/image.ts';

/** How the content of a file is recognised. */
export type ContentKind =
  | { kind: 'image'; type: ImageType }
  | { kind: 'pdf' }
  | { kind: 'office'; folder: 'word/' | 'xl/' | 'ppt/' }
  | { kind: 'old-office' }
  | { kind: 'text' };

/** A type of file that is accepted. */
export interface AcceptedType {
  /** The media type with which it is served. */
  type: string;
  /** What else programs declare for it. */
  alsoDeclared: readonly string[];
  content: ContentKind;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

const image = (type: ImageType, alsoDeclared: readonly string[] = []): AcceptedType => ({
  type,
  alsoDeclared,
  content: { kind: 'image', type },
});
const office = (type: string, folder: 'word/' | 'xl/' | 'ppt/'): AcceptedType => ({
  type: `${OFFICE}.${type}`,
  alsoDeclared: ['application/zip'],
  content: { kind: 'office', folder },
});
const oldOffice = (type: string): AcceptedType => ({ type, alsoDeclared: [], content: { kind: 'old-office' } });
const jpeg = image('image/jpeg', ['image/jpg', 'image/pjpeg']);

/** By the extension of the file name. */
const TYPES: Readonly<Record<string, AcceptedType>> = {
  jpg: jpeg,
  jpeg,
  png: image('image/png', ['image/apng', 'image/x-png']),
  gif: image('image/gif'),
  webp: image('image/webp'),
  avif: image('image/avif'),
  pdf: { type: 'application/pdf', alsoDeclared: ['application/x-pdf'], content: { kind: 'pdf' } },
  doc: oldOffice('application/msword'),
  xls: oldOffice('application/vnd.ms-excel'),
  ppt: oldOffice('application/vnd.ms-powerpoint'),
  docx: office('wordprocessingml.document', 'word/'),
  xlsx: office('spreadsheetml.sheet', 'xl/'),
  pptx: office('presentationml.presentation', 'ppt/'),
  txt: { type: 'text/plain', alsoDeclared: [], content: { kind: 'text' } },
  csv: {
    type: 'text/csv',
    // As Windows declares it where Excel is installed.
    alsoDeclared: ['text/plain', 'application/csv', 'application/vnd.ms-excel'],
    content: { kind: 'text' },
  },
};

/** Says nothing about the content. */
const UNDECLARED = ['', 'application/octet-stream'];

/** The part of a file name behind its last dot, in lower case; '' if there is none, or nothing in front of it. */
export function extensionOf(filename: string): string {
  const dot = filename.lastIndexOf('.');
  return dot > 0 ? filename.slice(dot + 1).toLowerCase() : '';
}

/** The type that a file claims to be, if it is accepted and the declaration agrees with the extension. */
export function claimedType(filename: string, declared: string): AcceptedType | undefined {
  const extension = extensionOf(filename);
  const accepted = Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
  if (accepted === undefined) return undefined;
  const agrees = [...UNDECLARED, accepted.type, ...accepted.alsoDeclared].includes(declared);
  return agrees ? accepted : undefined;
}
