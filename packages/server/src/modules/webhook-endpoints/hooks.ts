declare module '../../platform/module/index.ts' {
  interface Hooks {
    /** An endpoint was disabled, because it does not take what it is sent. */
    'webhookEndpoint:disabled': {
      workspaceId: string;
      endpointId: string;
      url: string;
      because: 'gone' | 'failing';
    };
  }
}
