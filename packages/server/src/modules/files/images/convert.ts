import { readFile, writeFile } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import {
  BadImage,
  type ConvertedImage,
  FIT,
  type ImageTask,
  type ImageType,
  MOST_ANIMATED_PIXELS,
  MOST_PIXELS,
} from './image.ts';
import { stripped } from './strip.ts';
import { framesOfPng } from './strip-png.ts';

const QUALITY = 70;
const THUMBNAIL = { width: 320, height: 320, quality: 60 } as const;
const PLACEHOLDER_SIDE = 100;

/** How the library names the formats; AVIF is one kind of HEIF. */
const FORMATS: Readonly<Record<ImageType, string>> = {
  'image/avif': 'heif',
  'image/gif': 'gif',
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/** A picture as its header describes it. */
interface Picture {
  bytes: Buffer;
  type: ImageType;
  metadata: Metadata;
  frames: number;
  /** An animated PNG, of which the library reads the first frame only. */
  isAnimatedPng: boolean;
}

/**
 * Turns a picture upright, fits it in, converts its colours to sRGB and leaves its metadata behind; makes a thumbnail
 * and a placeholder.
 * @throws BadImage
 */
export async function convertImage(task: ImageTask): Promise<ConvertedImage> {
  const picture = await inspect(await readFile(task.source), task.type);
  const { data, info } = await encode(picture).catch(refuse);
  const kept = mayBeKept(picture) ? stripped(picture.bytes, picture.type) : undefined;
  const isKept = kept !== undefined && (picture.isAnimatedPng || kept.length <= data.length);
  await writeFile(task.target, isKept ? kept : data);
  await makeThumbnail(picture, task.thumbnail).catch(refuse);
  const { width, height } = isKept ? sizeOf(picture) : { width: info.width, height: info.pageHeight ?? info.height };
  return {
    type: isKept ? picture.type : encodedType(picture.type),
    width,
    height,
    placeholder: await placeholderOf(picture).catch(refuse),
  };
}

/** Reads the header only: what is too large is never decoded. */
async function inspect(bytes: Buffer, type: ImageType): Promise<Picture> {
  const metadata = await sharp(bytes, { animated: true, limitInputPixels: false }).metadata().catch(refuse);
  if (metadata.format !== FORMATS[type]) throw new BadImage('The content is not what its type says.');
  const pngFrames = type === 'image/png' ? countPngFrames(bytes) : 1;
  const frames = Math.max(metadata.pages ?? 1, pngFrames);
  const picture = { bytes, type, metadata, frames, isAnimatedPng: pngFrames > 1 };
  const { width, height } = sizeOf(picture);
  if (width * height > MOST_PIXELS) throw new BadImage(`A picture has at most ${MOST_PIXELS / 1e6} megapixels.`);
  if (width * height * frames > MOST_ANIMATED_PIXELS) {
    throw new BadImage(`All frames of an animation have at most ${MOST_ANIMATED_PIXELS / 1e6} megapixels.`);
  }
  return picture;
}

function countPngFrames(bytes: Buffer): number {
  try {
    return framesOfPng(bytes);
  } catch {
    throw new BadImage('The picture is damaged.');
  }
}

/** Of one frame, as it is stored. */
function sizeOf({ metadata }: Picture): { width: number; height: number } {
  return { width: metadata.width, height: metadata.pageHeight ?? metadata.height };
}

/** Whether the pixels are already what they should be: upright, small enough and in sRGB. */
function mayBeKept(picture: Picture): boolean {
  const { metadata } = picture;
  const { width, height } = sizeOf(picture);
  const isUpright = (metadata.orientation ?? 1) === 1;
  const isSrgb = metadata.icc === undefined && ['srgb', 'b-w', 'rgb16', 'grey16'].includes(metadata.space);
  const fits = width <= FIT.width && height <= FIT.height;
  return isUpright && isSrgb && (fits || picture.isAnimatedPng);
}

function open({ bytes }: Picture, animated: boolean): Sharp {
  return sharp(bytes, { animated, failOn: 'error', limitInputPixels: MOST_ANIMATED_PIXELS }).autoOrient();
}

const encodedType = (type: ImageType): ImageType => (type === 'image/png' ? 'image/png' : 'image/webp');

/** What was lossless stays so, in its own format or, of a GIF, in one that is smaller. */
function encode(picture: Picture) {
  const { type, metadata } = picture;
  const fitted = open(picture, picture.frames > 1 && !picture.isAnimatedPng)
    .resize({ ...FIT, fit: 'inside', withoutEnlargement: true })
    .toColourspace(metadata.depth === 'ushort' && type === 'image/png' ? 'rgb16' : 'srgb');
  const encoded =
    type === 'image/png'
      ? fitted.png({ compressionLevel: 9, adaptiveFiltering: true })
      : fitted.webp(type === 'image/gif' ? { lossless: true } : { quality: QUALITY });
  return encoded.toBuffer({ resolveWithObject: true });
}

async function makeThumbnail(picture: Picture, file: string): Promise<void> {
  const { width, height, quality } = THUMBNAIL;
  const small = await open(picture, false)
    .resize({ width, height, fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .toBuffer();
  await writeFile(file, small);
}

async function placeholderOf(picture: Picture): Promise<string> {
  const { data, info } = await open(picture, false)
    .resize({ width: PLACEHOLDER_SIDE, height: PLACEHOLDER_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

function refuse(): never {
  throw new BadImage('The picture is damaged or cannot be read.');
}
