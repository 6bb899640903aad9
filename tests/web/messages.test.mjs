// Every message of the page exists in both languages, with the same things to fill in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messages, words } from '../../web/messages.mjs';

function pairs(node, path = '') {
  if (typeof node.en === 'string' || typeof node.ko === 'string') return [[path, node]];
  return Object.entries(node).flatMap(([key, child]) => pairs(child, path ? `${path}.${key}` : key));
}
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('every message has English and Korean, with the same places to fill', () => {
  const all = pairs(messages);
  assert.ok(all.length > 20);
  for (const [path, { en, ko, ...rest }] of all) {
    assert.ok(en && ko, `${path} lacks a language`);
    assert.deepEqual(Object.keys(rest), [], path);
    assert.match(ko, /[가-힣]/, `${path} is not Korean`);
    assert.doesNotMatch(en, /[가-힣]/, `${path} is not English`);
    assert.deepEqual(places(en), places(ko), path);
  }
});

test('a message is filled in once, so that what a reader typed cannot fill in more', () => {
  const pair = messages.badParameter;
  assert.equal(words(pair, 'en', { key: 'lang', allowed: 'en, ko', given: '{allowed}' }),
    '"lang" must be one of en, ko, not "{allowed}".');
});
