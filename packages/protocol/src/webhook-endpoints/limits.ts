/** Limits of webhook endpoints. */
export const webhookEndpointSizes = {
  /** Endpoints per workspace. */
  webhookEndpoints: 20,
  /** Private conversations per endpoint. */
  webhookConversations: 50,
  /** Characters of the URL. */
  webhookUrl: 2048,
} as const;
