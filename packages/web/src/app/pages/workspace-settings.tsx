import { useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import {
  BotsScreen,
  GeneralScreen,
  InvitesScreen,
  PeopleScreen,
  RetentionScreen,
} from '../../features/workspaces/index.ts';

/** A section of the settings of the workspace in the URL. */
function pageOf(Screen: ComponentType<{ workspaceId: string }>) {
  return function WorkspaceSettingsPage() {
    const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
    return <Screen key={workspaceId} workspaceId={workspaceId} />;
  };
}

export const BotsPage = pageOf(BotsScreen);
export const GeneralPage = pageOf(GeneralScreen);
export const InvitesPage = pageOf(InvitesScreen);
export const PeoplePage = pageOf(PeopleScreen);
export const RetentionPage = pageOf(RetentionScreen);
