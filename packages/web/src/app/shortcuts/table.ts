import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/**
 * A shortcut. Keys are written as `mod+k`, `g t` (one after the other) or `?`; `mod` is ⌘ on Apple's systems, Ctrl
 * elsewhere.
 * Shortcuts without an id are handled in their component and are listed here for reference.
 */
export interface Shortcut {
  id?: ShortcutId;
  keys: readonly string[];
  label: MessageDescriptor;
}

export type ShortcutId =
  | 'palette'
  | 'search'
  | 'keys'
  | 'sidebar'
  | 'pane'
  | 'paneBack'
  | 'today'
  | 'inbox'
  | 'notifications'
  | 'tasks'
  | 'chat'
  | 'time'
  | 'files'
  | 'shop'
  | 'desk'
  | 'you'
  | 'nextUnread'
  | 'newTask'
  | 'newMessage'
  | 'previous'
  | 'next'
  | 'previousUnread'
  | 'followingUnread'
  | 'readAll';

export interface ShortcutGroup {
  title: MessageDescriptor;
  shortcuts: readonly Shortcut[];
}

/** All shortcuts of the app, used by the handler, the list of shortcuts, tooltips and the palette. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: msg`Anywhere`,
    shortcuts: [
      { id: 'palette', keys: ['mod+k'], label: msg`Find anything, do anything` },
      { id: 'search', keys: ['/'], label: msg`Search messages` },
      { id: 'keys', keys: ['?'], label: msg`All keys` },
      { id: 'nextUnread', keys: ['n'], label: msg`Next unread conversation` },
      { id: 'sidebar', keys: ['mod+.'], label: msg`Show or hide the side bar` },
      { id: 'pane', keys: ['F6'], label: msg`Next part of the screen` },
      { id: 'paneBack', keys: ['shift+F6'], label: msg`Previous part of the screen` },
      { keys: ['Escape'], label: msg`Close what is on top, then mark as read` },
    ],
  },
  {
    title: msg`Go to`,
    shortcuts: [
      { id: 'today', keys: ['g t'], label: msg`Today` },
      { id: 'inbox', keys: ['g i'], label: msg`Inbox` },
      { id: 'notifications', keys: ['g n'], label: msg`Notifications` },
      { id: 'tasks', keys: ['g k'], label: msg`Tasks` },
      { id: 'chat', keys: ['g c'], label: msg`Chat` },
      { id: 'time', keys: ['g m'], label: msg`Time` },
      { id: 'files', keys: ['g f'], label: msg`Files` },
      { id: 'shop', keys: ['g s'], label: msg`Shop` },
      { id: 'desk', keys: ['g d'], label: msg`Desk` },
      { id: 'you', keys: ['g y'], label: msg`Progress` },
    ],
  },
  {
    title: msg`Make`,
    shortcuts: [
      { id: 'newTask', keys: ['c'], label: msg`New task` },
      { id: 'newMessage', keys: ['w'], label: msg`New message` },
    ],
  },
  {
    title: msg`Conversations`,
    shortcuts: [
      { id: 'previous', keys: ['alt+ArrowUp'], label: msg`Previous conversation` },
      { id: 'next', keys: ['alt+ArrowDown'], label: msg`Next conversation` },
      { id: 'previousUnread', keys: ['alt+shift+ArrowUp'], label: msg`Previous unread one` },
      { id: 'followingUnread', keys: ['alt+shift+ArrowDown'], label: msg`Next unread one` },
      { id: 'readAll', keys: ['shift+Escape'], label: msg`Mark everything as read` },
    ],
  },
  {
    title: msg`Messages`,
    shortcuts: [
      { keys: ['ArrowUp', 'ArrowDown', 'k', 'j'], label: msg`Previous, next` },
      { keys: ['Enter'], label: msg`What can be done with it` },
      { keys: ['r'], label: msg`React` },
      { keys: ['t'], label: msg`Reply in thread` },
      { keys: ['e'], label: msg`Edit` },
      { keys: ['s'], label: msg`Save for later` },
      { keys: ['p'], label: msg`Pin for everyone` },
      { keys: ['l'], label: msg`Copy link` },
      { keys: ['u'], label: msg`Make unread from here` },
      { keys: ['Delete'], label: msg`Delete` },
      { keys: ['End'], label: msg`To the newest` },
    ],
  },
  {
    title: msg`Writing`,
    shortcuts: [
      { keys: ['Enter'], label: msg`Send` },
      { keys: ['shift+Enter'], label: msg`New line` },
      { keys: ['ArrowUp'], label: msg`Edit my last message, when nothing is written` },
      { keys: ['mod+b', 'mod+i', 'mod+e'], label: msg`Bold, italic, code` },
      { keys: ['Escape'], label: msg`Leave the text` },
    ],
  },
];
