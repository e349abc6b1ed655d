import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { AboutPart } from '../features/chat/index.ts';
import { readFileQuery } from '../features/files/index.ts';

const lists = () => import('./pages/chat-list-pages.tsx');
const ABOUT: readonly string[] = ['people', 'pins', 'files', 'settings'] satisfies AboutPart[];

interface ConversationSearch {
  at?: number;
}

/** Parses `?at=`; an invalid position is ignored. */
const readPosition = ({ at }: Record<string, unknown>): ConversationSearch => {
  const position = Number(at);
  return Number.isSafeInteger(position) && position > 0 ? { at: position } : {};
};

/** The routes of conversations and search, inside the frame. */
export function chatRoutes<Parent extends AnyRoute>(parent: Parent) {
  const below = () => parent;
  const conversation = createRoute({
    getParentRoute: below,
    path: '/c/$conversationId',
    validateSearch: readPosition,
    component: lazyRouteComponent(() => import('./chat-pages.tsx'), 'ConversationPage'),
  });
  return [
    createRoute({
      getParentRoute: below,
      path: '/c',
      component: lazyRouteComponent(() => import('./chat-pages.tsx'), 'ConversationsPage'),
    }),
    conversation.addChildren([
      createRoute({ getParentRoute: () => conversation, path: 't/$threadId' }),
      createRoute({
        getParentRoute: () => conversation,
        path: 'about',
        validateSearch: ({ part }: Record<string, unknown>) => ({
          part: (ABOUT.includes(String(part)) ? part : 'people') as AboutPart,
        }),
      }),
    ]),
    createRoute({
      getParentRoute: below,
      path: '/inbox',
      component: lazyRouteComponent(lists, 'InboxPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/saved',
      component: lazyRouteComponent(lists, 'SavedScreen'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/threads',
      component: lazyRouteComponent(lists, 'ThreadsScreen'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/support',
      component: lazyRouteComponent(lists, 'SupportPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/files',
      validateSearch: readFileQuery,
      component: lazyRouteComponent(() => import('./pages/files-page.tsx'), 'FilesPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/search',
      component: lazyRouteComponent(() => import('./search-page.tsx'), 'SearchPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/keys',
      component: lazyRouteComponent(() => import('./shortcuts/keys-screen.tsx'), 'KeysScreen'),
    }),
  ];
}
