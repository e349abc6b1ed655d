/** The address with which people join by a code. It stands behind the #, where no server's log has it. */
export const joinLink = (code: string): string => `${location.origin}/join#${code}`;
