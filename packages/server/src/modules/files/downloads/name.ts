/** Extensions of pictures by media type, the usual one first. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'image/avif': ['avif'],
  'image/gif': ['gif'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
};

/** A file name for saving: of a picture that was converted, with the extension of what it is now. */
export function downloadName(filename: string, type: string): string {
  const extensions = EXTENSIONS[type] ?? [];
  const dot = filename.lastIndexOf('.');
  const extension = filename.slice(dot + 1).toLowerCase();
  const [usual] = extensions;
  return usual === undefined || extensions.includes(extension) ? filename : `${filename.slice(0, dot)}.${usual}`;
}
