/** Types of pictures that are accepted. */
export type ImageType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'image/avif';

/** A picture to convert, and where the results go. All are local files. */
export interface ImageTask {
  source: string;
  type: ImageType;
  target: string;
  thumbnail: string;
}

/** What a picture has become. */
export interface ConvertedImage {
  /** Of the target, which is the source without its metadata if nothing smaller came out. */
  type: ImageType;
  width: number;
  height: number;
  /** ThumbHash in base64: a blurred preview of about 25 bytes. */
  placeholder: string;
}

/** Why a picture is refused; shown to the person who sent it. */
export class BadImage extends Error {
  override readonly name = 'BadImage';
}

/** Why a picture was not converted, through no fault of its own: it may be sent again later. */
export class ConverterBusy extends Error {
  override readonly name = 'ConverterBusy';
}

/** The largest picture that is kept, in pixels. */
export const FIT = { width: 1920, height: 1080 } as const;
/** The largest frame that is decoded, in pixels. */
export const MOST_PIXELS = 40_000_000;
/** The same for all frames of an animation together. */
export const MOST_ANIMATED_PIXELS = 100_000_000;
/** With this exit code a process gives up on a picture that takes too much processor time. */
export const TOO_LONG = 3;
