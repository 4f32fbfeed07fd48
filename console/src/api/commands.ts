// An act as commands for a POSIX shell: by curl, and by the `openstack` client where it has one.
import { pieces, type Act } from './act';
import { commonHeaders } from './http';

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word as the shell takes it literally; variables in it are filled in by the shell. */
export function quote(word: string): string {
  if (word === '') return "''";
  return pieces(word)
    .map((piece) => {
      if ('name' in piece) return `"$${piece.name}"`;
      return PLAIN.test(piece.text) ? piece.text : `'${piece.text.replaceAll("'", `'\\''`)}'`;
    })
    .join('');
}

/** Gives the text as a file that exists while the command runs. Needs bash, zsh or ksh. */
const asFile = (text: string) => `<(printf %s ${quote(text)})`;

const FILE = 'file:';

/** In a client's words: a file with this text. */
export const fileOf = (text: string): string => FILE + text;

const word = (each: string) => (each.startsWith(FILE) ? asFile(each.slice(FILE.length)) : quote(each));

/** The commands of the `openstack` client for all of the acts; null where one of them has none. */
export function clientCommands(acts: readonly Act[]): string | null {
  if (acts.some((act) => act.client === undefined)) return null;
  return acts
    .flatMap((act) =>
      (act.client ?? []).map((words, index) => {
        const command = ['openstack', ...words].map(word).join(' ');
        return act.keep && index === 0 ? `${act.keep}=$(${command} -f value -c id)` : command;
      }),
    )
    .join('\n');
}

/** The requests of the acts by curl; the token is in the variable OS_TOKEN. */
export function curlCommands(acts: readonly Act[], origin: string): string {
  return acts.map((act) => curl(act, origin)).join('\n');
}

function curl(act: Act, origin: string): string {
  const parts = [`curl -sS --fail-with-body -X ${act.method} ${quote(origin + act.path)}`, '-H "X-Auth-Token: $OS_TOKEN"'];
  const version = commonHeaders(act.path)['OpenStack-API-Version'];
  if (version) parts.push(`-H ${quote(`OpenStack-API-Version: ${version}`)}`);
  if (act.body !== undefined) parts.push(`-H ${quote(`Content-Type: ${act.contentType ?? 'application/json'}`)}`, `-d ${quote(JSON.stringify(act.body))}`);
  else if (act.text !== undefined) parts.push(`-H ${quote(`Content-Type: ${act.contentType ?? 'text/plain'}`)}`, `--data-binary ${quote(act.text)}`);
  else if (act.file !== undefined) parts.push(`-H ${quote(`Content-Type: ${act.contentType ?? 'application/octet-stream'}`)}`, `-T ${quote(act.file)}`);
  const command = parts.join(' \\\n  ');
  return act.keep ? `${act.keep}=$(${command} \\\n  | jq -er .${act.made ?? 'id'})` : command;
}
