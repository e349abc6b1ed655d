import type { ZipArchive } from '../../reading/zip.ts';
import type { ConversationRow, PersonRow } from '../../rows/neutral.ts';
import { fileOf } from './files.ts';
import type { Channel, Line, User } from './format.ts';

/** A conversation of the file, and its members. */
export interface Known {
  key: string;
  row: Omit<ConversationRow, 'members' | 'createdAt'>;
  members: Set<string>;
  isArchived: boolean;
}

/** The conversations of an export, in the order in which they first appear. */
export class Directory {
  readonly known: Known[] = [];
  private readonly places = new Map<string, number>();
  private readonly waiting = new Map<string, Set<string>>();

  addChannel(channel: Channel, where: string): void {
    const key = `${channel.team}/${channel.name}`;
    if (this.places.has(key)) return;
    const row: Known['row'] = {
      kind: 'conversation',
      key,
      where,
      shape: channel.type === 'O' ? 'public' : 'private',
      name: channel.display_name || channel.name,
      topic: channel.header || channel.purpose || '',
      notes: channel.header && channel.purpose ? [`its purpose is not imported: ${channel.purpose}`] : [],
    };
    const members = this.waiting.get(key) ?? new Set();
    this.put({ key, row, members, isArchived: (channel.deleted_at ?? 0) > 0 });
  }

  /** A person's memberships. Channels may come before or after them. */
  addUser({ username, teams }: User): void {
    for (const team of teams) {
      for (const { name } of team.channels) {
        const key = `${team.name}/${name}`;
        const place = this.places.get(key);
        const members = place === undefined ? this.waiting.get(key) : this.known[place]?.members;
        if (members === undefined) this.waiting.set(key, new Set([username]));
        else members.add(username);
      }
    }
  }

  /** A conversation of these people. @returns its index */
  direct(people: readonly string[], where: string, topic = ''): number {
    const members = [...new Set(people)].sort();
    const key = `direct ${members.join(',')}`.slice(0, 200);
    const found = this.places.get(key);
    if (found !== undefined) return found;
    const [isAlone, isDirect] = [members.length < 2, members.length === 2];
    const row: Known['row'] = {
      kind: 'conversation',
      key,
      where,
      shape: isAlone ? 'private' : isDirect ? 'direct' : 'group',
      name: isAlone ? `Notes of ${members[0]}` : members.join(', '),
      topic: isDirect ? '' : topic,
      notes: isAlone ? ['is a conversation with oneself: it becomes a private channel'] : [],
    };
    return this.put({ key, row, members: new Set(members), isArchived: false });
  }

  /** The index of a message's channel, which may be missing in the file. */
  channel(team: string, name: string, where: string): number {
    const key = `${team}/${name}`;
    const found = this.places.get(key);
    if (found !== undefined) return found;
    const notes = ['is not described in the file: it becomes a private channel'];
    const row: Known['row'] = { kind: 'conversation', key, where, shape: 'private', name, topic: '', notes };
    return this.put({ key, row, members: this.waiting.get(key) ?? new Set(), isArchived: false });
  }

  private put(known: Known): number {
    this.places.set(known.key, this.known.length);
    this.known.push(known);
    return this.known.length - 1;
  }
}

/** A user or a bot as a person. */
export function personOf(
  line: Extract<Line, { type: 'user' | 'bot' }>,
  where: string,
  archive: ZipArchive | undefined,
): PersonRow {
  if (line.type === 'bot') {
    const { username, display_name } = line.bot;
    const notes = ['is a bot: is only an author here'];
    return {
      kind: 'person',
      key: username,
      where,
      name: display_name || username,
      username,
      role: 'member',
      isActive: false,
      notes,
    };
  }
  const { username, email, nickname, first_name = '', last_name = '', roles, teams, delete_at = 0 } = line.user;
  const { profile_image } = line.user;
  const isAdmin = /\bsystem_admin\b/.test(roles) || teams.some((team) => /\bteam_admin\b/.test(team.roles));
  const isGuest = /\bsystem_guest\b/.test(roles) || teams.some((team) => /\bteam_guest\b/.test(team.roles));
  return {
    kind: 'person',
    key: username,
    where,
    name: nickname || `${first_name} ${last_name}`.trim() || username,
    username,
    email,
    role: isGuest ? 'guest' : isAdmin ? 'admin' : 'member',
    isActive: delete_at === 0,
    avatar: profile_image ? { file: fileOf(archive, profile_image) } : undefined,
    notes: delete_at === 0 ? [] : ['had left Mattermost: is only an author here'],
  };
}
