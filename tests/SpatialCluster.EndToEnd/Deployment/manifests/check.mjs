// Reads { schema, cases: [{ name, values, objects: [{ source, object }] }] } from standard input, and prints for every case what is
// wrong: { name, values: […], objects: […] }.
//
// Values are compared with the chart's schema. Objects are compared twice with what Kubernetes, the Prometheus operator and
// KEDA publish of theirs: by validators made from the schemas (types, formats, what is required, allowed values), and by the
// TypeScript compiler against the types made from them, which refuses fields that do not exist.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import ts from 'typescript';

const here = process.cwd();
const packages = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator/monitoring.coreos.com',
  'keda.sh': '@kubernetes-models/keda/keda.sh',
};

/** The module of an object's type. */
function moduleOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const base = packages[group] ?? (group ? `kubernetes-models/${group}` : 'kubernetes-models');
  return `${base}/${version}/${kind}`;
}

const input = JSON.parse(readFileSync(0, 'utf8'));
const schema = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(input.schema);
const answers = input.cases.map(({ name, values }) => ({
  name,
  values: schema(values) ? [] : schema.errors.map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`),
  objects: [],
}));

// One source for all: object n of case c is the variable c_n, in lines of its own.
const lines = [];
const owners = [];
for (const [c, { objects }] of input.cases.entries()) {
  for (const [n, { source, object }] of (objects ?? []).entries()) {
    const label = `${source} ${object?.kind} ${object?.metadata?.name}`;
    let model;
    try {
      model = await import(pathToFileURL(join(here, 'node_modules', `${moduleOf(object)}.js`)).href);
    } catch (error) {
      answers[c].objects.push(`${label}: nothing is known of ${object?.apiVersion} ${object?.kind} (${error.message.split('\n')[0]})`);
      continue;
    }
    try {
      new model[object.kind](object).validate();
    } catch (error) {
      answers[c].objects.push(`${label}: ${error.message}`);
    }
    const text = [`import type { I${object.kind} as T${c}_${n} } from '${moduleOf(object)}';`, `export const o${c}_${n}: T${c}_${n} = ${JSON.stringify(object, null, 1)};`].join('\n').split('\n');
    owners.push({ from: lines.length, to: lines.length + text.length, c, label });
    lines.push(...text);
  }
}

const file = join(here, 'objects.ts');
const options = { noEmit: true, strict: true, skipLibCheck: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, types: [] };
const host = ts.createCompilerHost(options);
const { fileExists, readFile, getSourceFile } = host;
host.fileExists = (path) => path === file || fileExists(path);
host.readFile = (path) => (path === file ? lines.join('\n') : readFile(path));
host.getSourceFile = (path, version, ...rest) =>
  path === file ? ts.createSourceFile(path, lines.join('\n'), version) : getSourceFile.call(host, path, version, ...rest);
const program = ts.createProgram([file], options, host);
for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
  if (diagnostic.file?.fileName !== file) throw new Error(text);
  const line = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line;
  const owner = owners.find(({ from, to }) => line >= from && line < to);
  answers[owner.c].objects.push(`${owner.label}: ${lines[line].trim()}: ${text}`);
}

process.stdout.write(JSON.stringify(answers));
