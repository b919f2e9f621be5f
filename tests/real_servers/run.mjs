// Starts each server, drives it by `switchboard` commands and prints a row for each step. Exits 1 when a step did not end as it
// should.
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const node = process.execPath;
const packages = join(here, 'node_modules');
const everything = join(packages, '@modelcontextprotocol/server-everything/dist/index.js');
const oauth = join(packages, '@modelcontextprotocol/sdk/dist/esm/examples/server/simpleStreamableHttp.js');
const remote = join(packages, 'mcp-remote/dist/proxy.js');
const running = new Set();
let bad = 0;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const row = (server, step, seen, ok) => {
  if (!ok) bad += 1;
  console.log(`${ok ? 'ok ' : 'BAD'}  ${server.padEnd(34)}  ${step.padEnd(34)}  ${seen}`);
};

/** A free port; somebody else may take it before the server does, which then says so. */
const freePort = () => new Promise((done) => {
  const listener = createServer();
  listener.listen(0, () => {
    const { port } = listener.address();
    listener.close(() => done(port));
  });
});

/** Starts a server and waits for words in its output. */
function serve(args, env, words) {
  const child = spawn(node, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.said = '';
  return new Promise((done, fail) => {
    const listen = (text) => {
      child.said += text;
      if (child.said.includes(words)) done(child);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', () => fail(new Error(`${args.join(' ')} ended: ${child.said}`)));
  });
}
const kill = (child) => new Promise((done) => {
  running.delete(child);
  child.removeAllListeners('exit');
  child.on('exit', done);
  child.kill('SIGKILL');
});

/** A home of its own for the commands of one server. */
function home(config = '') {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-real-'));
  writeFileSync(join(folder, 'config.toml'), `${config}\n[oauth]\nkeyring = false\n`);
  const env = { ...process.env, HOME: folder, MCP_REMOTE_CONFIG_DIR: join(folder, 'mcp-remote') };
  for (const name of ['STATE', 'CONFIG', 'DATA']) env[`XDG_${name}_HOME`] = join(folder, name.toLowerCase());
  for (const name of ['INTERCOM_ACCESS_TOKEN', 'SWITCHBOARD_TOKEN', 'INTERCOM_AUTH_HEADER']) delete env[name];
  return { env, config: join(folder, 'config.toml') };
}

/** One command in that home. */
function command(at, args, input) {
  const started = performance.now();
  const child = spawn(process.env.SWITCHBOARD, ['--config', at.config, ...args], { env: at.env });
  const out = { said: '', complained: '' };
  child.stdout.on('data', (text) => (out.said += text));
  child.stderr.on('data', (text) => (out.complained += text));
  if (input !== undefined) child.stdin.end(input);
  out.child = child;
  out.done = new Promise((done) => child.on('close', (code) => {
    out.code = code;
    out.ms = Math.round(performance.now() - started);
    done(out);
  }));
  const limit = setTimeout(() => child.kill('SIGKILL'), 40_000);
  out.done.then(() => clearTimeout(limit));
  return out;
}
const run = (at, args, input = '') => command(at, args, input).done;
const short = (result) => (result.code === 0 ? result.said : result.complained || result.said).trim().split('\n').at(-1).slice(0, 100);
const told = (server, step, result, wanted) =>
  row(server, step, `exit ${result.code}, ${result.ms} ms: ${short(result)}`, result.code === 0 && result.said.includes(wanted));

const echo = ['call', 'echo', 'message=hello', '--as-write'];

async function overHttp(name, mode, path, extra) {
  const port = await freePort();
  const start = () => serve([everything, mode], { PORT: String(port) }, String(port));
  let server = await start();
  const at = home();
  const url = ['--url', `http://localhost:${port}${path}`, ...extra];
  const listed = await run(at, [...url, 'tools', '--json']);
  const names = listed.code === 0 ? JSON.parse(listed.said).map((tool) => tool.name) : [];
  row(name, 'list', `exit ${listed.code}, ${listed.ms} ms: ${names.length} tools`, names.includes('echo'));
  told(name, 'call', await run(at, [...url, ...echo]), 'hello');
  const open = command(at, [...url, 'call', '--as-write', '--batch', '-']);
  const ask = (message) => open.child.stdin.write(`${JSON.stringify({ tool: 'echo', arguments: { message } })}\n`);
  const heard = async (words) => {
    for (let tries = 0; tries < 150 && !open.said.includes(words); tries += 1) await sleep(100);
    return open.said.includes(words);
  };
  ask('before');
  await heard('before');
  await kill(server);
  server = await start();
  ask('after the restart');
  let answered = await heard('after the restart');
  if (!answered) {
    ask('once more');
    answered = await heard('once more');
  }
  open.child.stdin.end();
  await open.done;
  row(name, 'server killed and started again', `exit ${open.code}: ${open.said.trim().split('\n').length} results, ${open.complained.trim().slice(0, 60)}`, answered);
  await kill(server);
}

async function overStdio() {
  const name = 'server-everything, stdio';
  const at = home(`command = ${JSON.stringify([node, everything, 'stdio'])}`);
  const listed = await run(at, ['tools', '--json']);
  const names = listed.code === 0 ? JSON.parse(listed.said).map((tool) => tool.name) : [];
  row(name, 'list', `exit ${listed.code}, ${listed.ms} ms: ${names.length} tools`, names.includes('echo'));
  told(name, 'call', await run(at, echo), 'hello');
}

async function throughBridge() {
  const name = 'mcp-remote as a bridge';
  const port = await freePort();
  const server = await serve([everything, 'streamableHttp'], { PORT: String(port) }, String(port));
  const at = home(`command = ${JSON.stringify([node, remote, `http://localhost:${port}/mcp`, '--allow-http'])}`);
  const listed = await run(at, ['tools', '--json']);
  const names = listed.code === 0 ? JSON.parse(listed.said).map((tool) => tool.name) : [];
  row(name, 'list', `exit ${listed.code}, ${listed.ms} ms: ${names.length} tools ${short(listed).slice(0, 60)}`, names.includes('echo'));
  told(name, 'call', await run(at, echo), 'hello');
  await kill(server);
}

async function sdkExample() {
  const name = "the SDK's OAuth example";
  const [port, auth] = [await freePort(), await freePort()];
  const start = () => serve([oauth, '--oauth'], { MCP_PORT: String(port), MCP_AUTH_PORT: String(auth) }, `listening on port ${port}`);
  let server = await start();
  const at = home();
  const url = ['--url', `http://localhost:${port}/mcp`];
  const without = await run(at, [...url, 'tools']);
  row(name, 'list without a sign-in', `exit ${without.code}: ${short(without)}`, without.code === 3);
  const login = await run(at, [...url, 'login']);
  row(name, 'login', `exit ${login.code}, ${login.ms} ms`, login.code === 0);
  told(name, 'list', await run(at, [...url, 'tools', '--json']), 'greet');
  told(name, 'call', await run(at, [...url, 'call', 'greet', 'name=Ada', '--as-write']), 'Ada');
  await kill(server);
  server = await start();
  const lost = await run(at, [...url, 'call', 'greet', 'name=Ada', '--as-write']);
  row(name, 'its memory lost in a restart', `exit ${lost.code}: ${short(lost)}`, lost.code === 3);
  told(name, 'signing in again by itself', await run(at, [...url, '--sign-in', 'call', 'greet', 'name=Ada', '--as-write']), 'Ada');
  const logout = await run(at, [...url, 'logout']);
  row(name, 'logout', `exit ${logout.code}: ${short(logout)}`, logout.code === 0);
  await kill(server);
}

async function behindOidc() {
  const name = 'oidc-provider before an MCP server';
  const port = await freePort();
  const server = await serve([join(here, 'oidc.mjs'), String(port), '3'], {}, 'listening');
  const granted = (type) => server.said.split('\n').filter((line) => line.includes('"granted"') && line.includes(`"${type}"`)).length;
  const at = home();
  const url = ['--url', `http://localhost:${port}/mcp`];
  const who = [...url, 'call', 'whoami', '--as-write'];
  const login = await run(at, [...url, 'login']);
  row(name, 'login', `exit ${login.code}, ${login.ms} ms: ${short(login)}`, login.code === 0);
  told(name, 'call', await run(at, who), 'me');
  await sleep(3_500);
  told(name, 'call with an expired token', await run(at, who), 'me');
  row(name, 'refreshed', `${granted('refresh_token')} time`, granted('refresh_token') === 1);
  for (let round = 2; round <= 6; round += 1) {
    await sleep(3_500);
    const four = await Promise.all([1, 2, 3, 4].map(() => run(at, who)));
    const fine = four.filter((one) => one.code === 0 && one.said.includes('me')).length;
    row(name, `four processes at once, round ${round - 1}`, `${fine} of 4 fine, ${granted('refresh_token')} refreshes so far`, fine === 4 && granted('refresh_token') === round);
  }
  const revoked = server.said.includes('"revoked"') || server.said.includes('"refused"');
  row(name, 'a refresh token spent twice', revoked ? 'yes' : 'never', !revoked);
  await kill(server);
}

try {
  await overHttp('server-everything, Streamable HTTP', 'streamableHttp', '/mcp', []);
  await overHttp('server-everything, HTTP+SSE', 'sse', '/sse', ['--transport', 'sse']);
  await overStdio();
  await throughBridge();
  await sdkExample();
  await behindOidc();
} catch (error) {
  row('', 'a server did not start', String(error).slice(0, 200), false);
}
for (const child of running) child.kill('SIGKILL');
console.log(bad ? `${bad} steps went wrong` : 'all steps went right');
process.exit(bad ? 1 : 0);
