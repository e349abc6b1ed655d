/** The object of a file. */
export const contentKey = (id: string) => id;

/** The object of the thumbnail of a picture. */
export const thumbnailKey = (id: string) => `${id}.thumbnail`;

/** The file to which an object belongs. */
export const idOfKey = (key: string) => key.slice(0, 36);
