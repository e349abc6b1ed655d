import sharp from 'sharp';

/** A JPEG of 12 megapixels and some 3 MB with a rotated orientation, as from a phone. */
export async function phonePhoto(): Promise<Buffer> {
  const grain = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const small = await sharp({ create: { width: 1_344, height: 1_008, channels: 3, background: '#000', noise: grain } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(small).resize(4_032, 3_024).withMetadata({ orientation: 6 }).jpeg({ quality: 88 }).toBuffer();
}
