// An MCP server behind `oidc-provider`, both in one process: node oidc.mjs PORT SECONDS. Access tokens last SECONDS, refresh
// tokens rotate and reuse revokes the whole grant, which is what makes a careless client fail. What happened is printed, one
// JSON line each, without any token.
import express from 'express';
import Provider from 'oidc-provider';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const [port, seconds] = process.argv.slice(2).map(Number);
const origin = `http://localhost:${port}`;
const resource = `${origin}/mcp`;
const say = (what, more = {}) => console.log(JSON.stringify({ what, ...more }));

const provider = new Provider(origin, {
  features: {
    devInteractions: { enabled: false },
    registration: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'mcp', accessTokenTTL: seconds, accessTokenFormat: 'opaque' }),
    },
  },
  scopes: ['mcp', 'offline_access'],
  issueRefreshToken: () => true,
  rotateRefreshToken: () => true,
  pkce: { required: () => true },
  clientDefaults: { token_endpoint_auth_method: 'none' },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  ttl: { Grant: 3600, Interaction: 600, Session: 3600, RefreshToken: 3600, AccessToken: seconds },
});
provider.on('grant.success', (context) => say('granted', { type: context.oidc.params.grant_type }));
provider.on('grant.error', (context, error) =>
  say('refused', { type: context.oidc.params?.grant_type, error: error.error_description ?? error.message }));
provider.on('grant.revoked', () => say('revoked'));

const app = express();
// The consent of a person who always says yes.
app.get('/interaction/:uid', async (request, response, next) => {
  try {
    const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      return await provider.interactionFinished(request, response, { login: { accountId: 'me' } });
    }
    const grant = grantId
      ? await provider.Grant.find(grantId)
      : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope('openid offline_access mcp');
    grant.addResourceScope(resource, 'mcp');
    return await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  } catch (error) {
    return next(error);
  }
});
app.get(['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'], (_, response) =>
  response.json({ resource, authorization_servers: [origin], scopes_supported: ['mcp'] }));

async function signedIn(request, response, next) {
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  const found = token && (await provider.AccessToken.find(token));
  if (found && !found.isExpired) return next();
  return response
    .status(401)
    .set('WWW-Authenticate', `Bearer error="invalid_token", resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`)
    .json({ error: 'invalid_token' });
}
app.post('/mcp', express.json(), signedIn, async (request, response) => {
  const server = new McpServer({ name: 'behind-oidc', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Says who asked' }, () => ({ content: [{ type: 'text', text: 'me' }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => transport.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.all('/mcp', signedIn, (_, response) => response.status(405).end());
app.use(provider.callback());
app.listen(port, () => say('listening'));
