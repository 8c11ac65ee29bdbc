// A frontend of `accord serve` for Node 18: the facts are told as they are wanted.
//
//     node frontend.mjs [ACCORD]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const index = JSON.parse(readFileSync(new URL('menu.json', import.meta.url)));
const facts = index.packages;
const engine = spawn(process.argv[2] ?? 'accord', ['serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
const waiting = new Map();
let ids = 0;

createInterface({ input: engine.stdout }).on('line', (line) => {
  const { id, result, error } = JSON.parse(line);
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  error ? reject(new Error(error.message)) : resolve(result);
});

const call = (method, params) => new Promise((resolve, reject) => {
  waiting.set(++ids, { resolve, reject });
  engine.stdin.write(JSON.stringify({ jsonrpc: '2.0', id: ids, method, params }) + '\n');
});

await call('initialize', { protocolVersions: [1], client: { name: 'frontend.mjs', version: '1' } });
const { universe } = await call('universe/open', { ecosystem: 'plain' });
let told = await call('resolve', { universe, mode: 'needs', ...index.request });
while (told.status === 'needs') {
  const names = told.wants.map((want) => want.package);
  const put = names.filter((name) => facts[name]).map((name) => ({ package: name, ...facts[name] }));
  await call('universe/update', { universe, put, absent: names.filter((name) => !facts[name]) });
  told = await call('resolve/continue', { solve: told.solve });
}
for (const chosen of told.solution ?? []) console.log(chosen.package, chosen.version);
for (const line of told.conflict) console.log(line.text);
engine.stdin.end(); // the end of its input ends the engine
process.exitCode = told.status === 'sat' ? 0 : 1;
