// What the harness runs as "the client": the scenario's server is the last argument, and everything is done by `switchboard`
// commands, in a home of its own. Nothing here speaks MCP.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const url = process.argv.at(-1);
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const home = mkdtempSync(join(tmpdir(), 'switchboard-conformance-'));
const config = join(home, 'config.toml');
const document = 'https://conformance-test.local/client-metadata.json';
writeFileSync(config, `[oauth]\nkeyring = false\n${scenario === 'auth/basic-cimd' ? `client_document = "${document}"\n` : ''}`);

const env = {
  ...process.env,
  HOME: home,
  XDG_STATE_HOME: join(home, 'state'),
  XDG_CONFIG_HOME: join(home, 'config'),
  XDG_DATA_HOME: join(home, 'data'),
  MCP_REMOTE_CONFIG_DIR: join(home, 'mcp-remote'),
};
for (const name of ['INTERCOM_ACCESS_TOKEN', 'SWITCHBOARD_TOKEN', 'INTERCOM_AUTH_HEADER']) delete env[name];
if (context.client_id) env.SWITCHBOARD_CLIENT_ID = context.client_id;
if (context.client_secret) env.SWITCHBOARD_CLIENT_SECRET = context.client_secret;

let worst = 0;

/** Runs one command; what it says on its error output is passed on. */
function switchboard(args, input = '') {
  const done = spawnSync(process.env.SWITCHBOARD, ['--url', url, '--config', config, ...args], {
    env,
    input,
    encoding: 'utf8',
    timeout: 25_000,
  });
  process.stderr.write(done.stderr ?? '');
  process.stdout.write(done.stdout ?? '');
  worst = Math.max(worst, done.status ?? 1);
  return done.stdout ?? '';
}

const tools = () => JSON.parse(switchboard(['--sign-in', 'tools', '--json']) || '[]');

/** Calls in one session, in order. */
function calls(list, ...flags) {
  const lines = list.map(([tool, args]) => JSON.stringify({ tool, arguments: args ?? {} })).join('\n');
  switchboard(['--sign-in', 'call', '--as-write', ...flags, '--batch', '-'], `${lines}\n`);
}

const plans = {
  initialize: () => tools(),
  'request-metadata': () => tools(),
  'json-schema-ref-no-deref': () => tools(),
  tools_call: () => calls([['add_numbers', { a: 5, b: 3 }]]),
  'elicitation-sep1034-client-defaults': () => calls([['test_client_elicitation_defaults']], '--defaults'),
  'sse-retry': () => calls([['test_reconnection']]),
  'json-schema-2020-12-preservation': () => {
    const tool = tools().find((one) => one.name === 'json_schema_2020_12_tool');
    calls([['json_schema_echo', { schema: tool?.inputSchema }]]);
  },
  'http-standard-headers': () => calls([['test_headers'], ['my-hyphenated-tool']]),
  'http-custom-headers': () => calls(context.toolCalls.map((call) => [call.name, call.arguments])),
  'http-invalid-tool-headers': () => calls(tools().map((tool) => [tool.name, { region: 'us-west1' }])),
  'sep-2322-client-request-state': () =>
    calls(
      [['test_mrtr_echo_state'], ['test_mrtr_no_state'], ['test_mrtr_unrelated'], ['test_mrtr_no_result_type']],
      '--defaults',
    ),
  'auth/authorization-server-migration': () => calls([['test-tool'], ['test-tool']]),
};

(plans[scenario] ?? (() => calls([['test-tool']])))();
rmSync(home, { recursive: true, force: true });
process.exit(worst);
