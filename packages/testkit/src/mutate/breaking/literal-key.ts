import type { ts } from 'ts-morph';
import type { ProjectCode } from '../code/project-code.js';
import { shortText } from '../code/syntax.js';
import type { Candidate } from '../mutant.js';
import type { StudiedProject } from '../studied-project.js';
import { collectDirectLookUps, collectExcusedLookUps, collectFollowedLookUps } from './key-look-ups.js';

/**
 * Writes a key into the code where it was read from the environment.
 *
 * Sites are the look-ups that the model follows to a key, and those that stand at the key's place of a well-known call, whether the model
 * sees them or not. All of them deserve a finding, except what is called public: a public key is no secret.
 */
export function* literalKey(project: StudiedProject): Iterable<Candidate> {
  const { code } = project;
  const excused = collectExcusedLookUps(project);
  const sites = new Set([...collectFollowedLookUps(project), ...collectDirectLookUps(code)]);
  for (const site of [...sites].sort((a, b) => comparePlaces(a, b, code))) {
    const place = code.placeOf(site);
    if (/public|pub_/i.test(site.getText())) {
      yield { kind: 'literal-key', place, reason: 'a public key is no secret' };
      continue;
    }
    if (excused.has(site)) {
      yield { kind: 'literal-key', place, reason: 'a text of the key is in the repository already' };
      continue;
    }
    yield {
      kind: 'literal-key',
      place,
      description: `write the key into the code for \`${shortText(site)}\``,
      edits: [code.replace(site, `'${madeUpKey(site, code)}'`)],
      deserves: [{ ruleIds: ['no-hardcoded-signing-key'] }],
      orElse: [],
      tolerates: [],
    };
  }
}

/** Forty characters that look like a key, another one for each place and always the same. */
function madeUpKey(site: ts.Node, code: ProjectCode): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  let state = 7;
  for (const character of `${code.pathOf(site)} ${site.getText()}`) {
    state = (Math.imul(state, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  let key = 'k-';
  while (key.length < 40) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    key += alphabet[(state >>> 16) % alphabet.length] ?? '';
  }
  return key;
}

function comparePlaces(a: ts.Node, b: ts.Node, code: ProjectCode): number {
  const [left, right] = [code.pathOf(a), code.pathOf(b)];
  return left === right ? a.pos - b.pos : left < right ? -1 : 1;
}
