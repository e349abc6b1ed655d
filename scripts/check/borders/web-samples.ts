/** Files for the rules of the web app that must be refused and files that must pass, as `[path, text]`. */
type Samples = Record<string, { bad: [string, string][]; good: [string, string][] }>;

const web = (path: string) => `packages/web/src/${path}`;
const chat = (file: string) => web(`features/chat/${file}`);

export const WEB_SAMPLES: Samples = {
  'web knows only client and protocol': {
    bad: [[web('main.tsx'), "import { app } from '@atrium/server';"]],
    good: [[web('main.tsx'), "import React from 'react';\nimport type { User } from '@atrium/protocol';"]],
  },
  'web: ^@atrium\\/client$ only in live': {
    bad: [[chat('hooks.ts'), "import { timeline } from '@atrium/client';"]],
    good: [
      [web('live/client.ts'), "import { createClient } from '@atrium/client';"],
      [chat('hooks.ts'), "import type { ClientState } from '@atrium/client';"],
    ],
  },
  'web: ^@base-ui\\/react$ only in ui': {
    bad: [[chat('parts/actions.tsx'), "import { Menu } from '@base-ui/react/menu';"]],
    good: [[web('ui/menu/menu.tsx'), "import { Menu } from '@base-ui/react/menu';"]],
  },
  'web: ^lucide-react$ only in ui': {
    bad: [[chat('parts/actions.tsx'), "import { Pin } from 'lucide-react';"]],
    good: [[web('ui/icons.ts'), "export { Pin } from 'lucide-react';"]],
  },
  'web: ^@tanstack\\/react-router$ only in app, ui': {
    bad: [[chat('screens/conversation.tsx'), "import { useParams } from '@tanstack/react-router';"]],
    good: [
      [web('app/routes.tsx'), "import { createRoute } from '@tanstack/react-router';"],
      [web('ui/link/link.tsx'), "import { Link } from '@tanstack/react-router';"],
    ],
  },
  'web: ^@tanstack\\/react-query$ only in live': {
    bad: [[chat('hooks.ts'), "import { useQuery } from '@tanstack/react-query';"]],
    good: [[web('live/use-operation.ts'), "import { useQuery } from '@tanstack/react-query';"]],
  },
  'web: a feature has one face': {
    bad: [
      [chat('parts/message.tsx'), "import { TaskChip } from '../../tasks/parts/task-chip.tsx';"],
      [web('app/routes.tsx'), "import { Conversation } from '../features/chat/screens/conversation.tsx';"],
    ],
    good: [
      [chat('parts/message.tsx'), "import { TaskChip } from '../../tasks/index.ts';"],
      [web('app/routes.tsx'), "const chat = () => import('../features/chat/index.ts');"],
    ],
  },
  'web: ui and text know no feature and no server': {
    bad: [[web('ui/avatar/avatar.tsx'), "import { useLive } from '../../live/use-live.ts';"]],
    good: [[web('ui/avatar/avatar.tsx'), "import { Presence } from '../presence/presence.tsx';"]],
  },
  'web: live knows no screen': {
    bad: [[web('live/commands.ts'), "import { Toast } from '../ui/toast/toast.tsx';"]],
    good: [[web('live/commands.ts'), "import { client } from './client.ts';"]],
  },
};
