import { type AccessRule, type Contract, type LimitClass, type LimitName, limits } from '@atrium/protocol';

/** Who may call, for people. */
export const accessWords: Readonly<Record<AccessRule, string>> = {
  public: 'anyone',
  user: 'everyone who is signed in',
  'instance:admin': 'administrators of this instance',
  'user:acquainted': 'people who see the person in a workspace',
  'workspace:member': 'members of the workspace',
  'workspace:admin': 'administrators and owners of the workspace',
  'workspace:owner': 'owners of the workspace',
  'conversation:reader': 'members of the conversation; of a public channel, everyone who could join it',
  'conversation:member': 'members of the conversation',
  'conversation:manager': 'managers of the conversation',
  'conversation:exporter':
    'managers of the conversation, owners of its workspace, and the two of a direct conversation',
  'message:reader': 'people who see the conversation of the message',
  'message:member': 'members of the conversation of the message',
};

/** What the groups of operations are about. */
export const groupWords: Readonly<Record<keyof Contract, { title: string; description: string }>> = {
  auth: {
    title: 'Signing in',
    description: 'Accounts, sessions, second factors, passwords, proof of the e-mail address.',
  },
  users: { title: 'People', description: 'My own profile, and people whom I see in a workspace.' },
  tokens: { title: 'API tokens', description: 'Secrets with which programs act for me.' },
  admin: { title: 'Administration', description: 'The settings of the whole instance.' },
  workspaces: { title: 'Workspaces', description: 'Where people and their conversations are together.' },
  members: { title: 'Members', description: 'Who is in a workspace, and as what.' },
  bots: { title: 'Bots', description: 'Programs with an account of their own in a workspace.' },
  conversations: { title: 'Conversations', description: 'Channels, groups, direct conversations, support cases.' },
  messages: { title: 'Messages', description: 'Sending, history, what has been received and read.' },
  reactions: { title: 'Reactions', description: 'Answering a message with an emoji.' },
  threads: { title: 'Threads', description: 'Replies to a message, followed and read on their own.' },
  pins: { title: 'Pins', description: 'Messages that everyone in a conversation finds again.' },
  saved: { title: 'Saved messages', description: 'Messages that I keep for myself.' },
  drafts: { title: 'Drafts', description: 'What I have begun to write, on all my devices.' },
  typing: { title: 'Typing', description: 'Showing others that I am writing.' },
  support: { title: 'Support', description: 'The cases of customers, and who has them in hand.' },
  retention: { title: 'Retention', description: 'How long messages are kept.' },
  exports: { title: 'Export', description: 'Taking conversations along as files.' },
  webhooks: { title: 'Webhooks', description: 'Addresses that other programs post messages to.' },
  presence: { title: 'Presence', description: 'Who is here.' },
  commands: { title: 'Slash commands', description: 'What people type behind a slash.' },
  search: { title: 'Search', description: 'Finding what was said.' },
  streams: { title: 'Streams', description: 'Catching up with the live events, and fresh snapshots.' },
};

function duration(seconds: number): string {
  const units = [
    { size: 3600, name: 'hour' },
    { size: 60, name: 'minute' },
    { size: 1, name: 'second' },
  ];
  const unit = units.find(({ size }) => seconds % size === 0) ?? { size: 1, name: 'second' };
  const count = seconds / unit.size;
  return count === 1 ? unit.name : `${count} ${unit.name}s`;
}

/** How often something may be called, for people; by default, since an operator may change it. */
export function limitWords(name: LimitName): string {
  const { points, seconds, per, counts }: LimitClass = limits[name];
  const calls = `${points} ${counts === 'failures' ? 'failed ' : ''}${points === 1 ? 'call' : 'calls'}`;
  const each = { ip: 'IP address', user: 'person', key: 'key' };
  return `${calls} per ${duration(seconds)} for each ${each[per]}`;
}
