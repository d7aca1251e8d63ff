import { send, type HttpAnswer } from './http.js';
import { Contract, type OpenApiDocument } from './openapi.js';

/** The contracts of the processes under test by address; null if a process serves no document. */
const contracts = new Map<string, Contract | null>();

/** Processes of one kind serve the same document, whose schemas are compiled once per test file. */
const contractOfText = new Map<string, Contract>();

/**
 * Compares an answer with the OpenAPI document of the process that sent it.
 *
 * Exempt are the documentation itself, and errors for unknown paths and methods: 404, 405,
 * or 400 if the path or the body cannot be decoded.
 *
 * @throws Error if the document does not allow the answer
 */
export async function checkDocumented(
  url: string,
  method: string,
  path: string,
  answer: HttpAnswer,
): Promise<void> {
  if (/^\/api\/(docs|openapi)/.test(path)) return;
  const contract = await contractOf(url);
  if (contract === null) return;
  const breach = breachOf(contract, method === 'HEAD' ? 'GET' : method, path, answer);
  if (breach !== null) throw new Error(`${method} ${path} is not as documented: ${breach}`);
}

function breachOf(
  contract: Contract,
  method: string,
  path: string,
  answer: HttpAnswer,
): string | null {
  const route = contract.routeOf(method, path);
  if (route !== null) return contract.breach(route, answer);
  // A token, and the size and type of a body, are checked before the path is looked up.
  return [400, 401, 404, 405, 413, 415].includes(answer.status)
    ? null
    : `the path is not documented, and answers ${answer.status}`;
}

async function contractOf(url: string): Promise<Contract | null> {
  const known = contracts.get(url);
  if (known !== undefined) return known;
  // A process that was killed after its answer no longer serves its document.
  const answer = await send(url, { method: 'GET', path: '/api/openapi.json' }).catch(() => null);
  if (answer === null) return null;
  const contract = answer.status === 200 ? contractFrom(answer.text) : null;
  contracts.set(url, contract);
  return contract;
}

function contractFrom(text: string): Contract {
  const known = contractOfText.get(text);
  if (known !== undefined) return known;
  const contract = new Contract(JSON.parse(text) as OpenApiDocument);
  contractOfText.set(text, contract);
  return contract;
}
