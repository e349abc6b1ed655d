/**
 * Scalar renders the reference. Everything comes from this origin: nothing is fetched from elsewhere, no data goes to
 * third parties, and calls go straight to this instance.
 */
const CONFIGURATION = {
  url: '/openapi.json',
  agent: { disabled: true },
  authentication: { preferredSecurityScheme: 'bearer' },
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  documentDownloadType: 'none',
  hideClientButton: true,
  mcp: { disabled: true },
  persistAuth: false,
  proxyUrl: '',
  showDeveloperTools: 'never',
  telemetry: false,
  withDefaultFonts: false,
};

/** Starts the reference. A separate file, since the page may not contain scripts. */
export const REFERENCE_SCRIPT = `Scalar.createApiReference('#reference', ${JSON.stringify(CONFIGURATION, null, 2)});\n`;

/** The page that contains the reference. */
export const REFERENCE_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API - Atrium</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<script src="/docs/assets/scalar.js" defer></script>
<script src="/docs/assets/reference.js" defer></script>
</head>
<body>
<div id="reference"></div>
<noscript>
<p>This page needs JavaScript. The same is in the <a href="/openapi.json">OpenAPI document</a>, and the
<a href="/docs/live">live API</a> has a page without scripts.</p>
</noscript>
</body>
</html>
`;
