/** How many endpoints there may be, and what each may have. */
export const webhookEndpointSizes = {
  /** Endpoints of one workspace. */
  webhookEndpoints: 20,
  /** Private conversations that one endpoint may be given. */
  webhookConversations: 50,
  /** Characters of the URL. */
  webhookUrl: 2048,
} as const;
