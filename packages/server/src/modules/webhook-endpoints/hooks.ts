declare module '../../platform/module/index.ts' {
  interface Hooks {
    /** An endpoint was disabled because it does not accept events. */
    'webhookEndpoint:disabled': {
      workspaceId: string;
      endpointId: string;
      url: string;
      because: 'gone' | 'failing';
    };
  }
}
