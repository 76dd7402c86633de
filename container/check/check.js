// Parses Dockerfile and compose.yaml, and checks what no parser knows. Prints what is wrong, one a line, and ends with 1 if there is anything.
import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {DockerfileParser} from 'dockerfile-ast';
import {validate} from 'dockerfile-utils';
import {parseDocument} from 'yaml';

const ROOT = join(import.meta.dirname, '..', '..');
const wrong = [];
const must = (right, words) => right || wrong.push(words);
const read = name => readFileSync(join(ROOT, name), 'utf8');

const text = read('Dockerfile');
validate(text).forEach(({message, range}) => wrong.push(`Dockerfile:${range.start.line + 1}: ${message}`));
const file = DockerfileParser.parse(text);
const all = file.getInstructions();
const last = keyword => all.filter(each => each.getKeyword() === keyword).at(-1);
must(file.getFROMs().length === 2, 'Dockerfile: it has two stages');
must(/^\d+:0$/.test(last('USER')?.getArgumentsContent() ?? '') && !/^0:/.test(last('USER').getArgumentsContent()), 'Dockerfile: USER is a number other than 0, with group 0');
must(last('HEALTHCHECK')?.getArgumentsContent().includes('/opt/pado/healthy'), 'Dockerfile: it has a health check');
must(last('ENTRYPOINT')?.getArgumentsContent() === '["/opt/pado/start"]', 'Dockerfile: the entry point is a list, so that signals reach the server');
file.getFROMs().forEach(from => must(from.getImageTag() !== null && from.getImageTag() !== 'latest', `Dockerfile: ${from.getImage()} has a version`));
file.getCOPYs().filter(copy => copy.getFromFlag() === null).flatMap(copy => copy.getArguments().slice(0, -1)).map(each => each.getValue())
  .forEach(path => must(existsSync(join(ROOT, path)), `Dockerfile: ${path} exists`));

const document = parseDocument(read('compose.yaml'), {merge: true});
[...document.errors, ...document.warnings].forEach(({message}) => wrong.push(`compose.yaml: ${message}`));
const compose = document.toJS();
const services = compose.services;
must(Object.keys(services).sort().join() === 'mongo,nginx,pado-1,pado-2,postgres,redis', 'compose.yaml: two nodes, nginx and three stores');
for (const [name, service] of Object.entries(services)) {
  must(service.image !== undefined, `compose.yaml: ${name} has an image`);
  Object.entries(service.depends_on ?? {}).forEach(([other, {condition}]) => {
    must(services[other] !== undefined, `compose.yaml: ${name} waits for ${other}, which exists`);
    must(condition !== 'service_healthy' || services[other]?.healthcheck !== undefined || services[other]?.build !== undefined,
      `compose.yaml: ${other} has a health check, for ${name} waits for it`);
  });
  (service.networks ?? []).forEach(network => must(network in compose.networks, `compose.yaml: the network ${network} exists`));
  (service.volumes ?? []).map(volume => volume.split(':')[0]).forEach(source => must(source.startsWith('.') ? existsSync(join(ROOT, source)) : source in compose.volumes,
    `compose.yaml: the volume ${source} exists`));
}
for (const name of ['pado-1', 'pado-2']) {
  const {environment, read_only: readOnly, user} = services[name];
  must(readOnly === true && /^\d+:0$/.test(user), `compose.yaml: ${name} is read-only, with group 0`);
  Object.keys(environment).forEach(setting => must(read('docs/operations.md').includes(`\`${setting.toLowerCase().replaceAll('_', '.')}`)
    || read('docs/operations.md').includes(`.${setting.split('_').at(-1).toLowerCase()}\``), `compose.yaml: ${setting} is a setting`));
}
const upstreams = [...read('container/nginx.conf').matchAll(/server ([\w-]+):(\d+);/g)].map(match => match[1]);
must(upstreams.join() === 'pado-1,pado-2', 'nginx.conf: the nodes are those of compose.yaml');
['container/start', 'container/healthy'].forEach(name => must((statSync(join(ROOT, name)).mode & 0o111) === 0o111, `${name} can be run`));

wrong.forEach(each => console.log(each));
console.log(wrong.length === 0 ? 'All is right.' : `${wrong.length} wrong.`);
process.exitCode = wrong.length === 0 ? 0 : 1;
