import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, curl, example, groups, kind, matches, shape } from '../../main/resources/static/reader/model.js';

const document = {
  servers: [{ url: 'https://help.example/api' }],
  tags: [{ name: 'Chat', description: 'Talk.' }],
  paths: {
    '/chat/{session}': {
      get: {
        operationId: 'chat.read',
        tags: ['Chat'],
        summary: 'Read',
        parameters: [
          { name: 'session', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
          { name: 'after', in: 'query', schema: { type: 'integer' } },
        ],
        responses: {
          200: { description: 'Here.', content: { 'application/json': { schema: { $ref: '#/components/schemas/chat.Page' } } } },
          404: { $ref: '#/components/responses/Unknown' },
        },
        security: [{ 'agent-basic': [] }, { customer: [] }],
      },
      post: {
        operationId: 'chat.post',
        tags: ['Chat'],
        parameters: [{ $ref: '#/components/parameters/Idempotency-Key' }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/chat.New' } } } },
        responses: {},
        security: [{ customer: [] }],
      },
    },
    '/join': { post: { operationId: 'join', responses: {}, security: [] } },
  },
  components: {
    parameters: { 'Idempotency-Key': { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } } },
    responses: { Unknown: { description: '`unknown`: no.', 'x-problem-codes': ['unknown'] } },
    securitySchemes: { 'agent-basic': { type: 'http', scheme: 'basic' }, customer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      'chat.Page': { type: 'object', properties: { messages: { type: 'array', items: { $ref: '#/components/schemas/chat.New' } } } },
      'chat.New': { type: 'object', properties: { text: { type: 'string' }, in: { nullable: true, allOf: [{ $ref: '#/components/schemas/chat.New' }] } } },
    },
  },
};

const [none, chat] = groups(document);
const [read, post] = chat.operations;

test('operations stand under their tags, references resolved', () => {
  assert.equal(none.name, '');
  assert.equal(chat.description, 'Talk.');
  assert.deepEqual(chat.operations.map((one) => one.id), ['chat.read', 'chat.post']);
  assert.deepEqual(read.answers[1], { status: '404', description: '`unknown`: no.', schema: null, codes: ['unknown'] });
  assert.equal(post.parameters[0].name, 'Idempotency-Key');
  assert.deepEqual(read.schemes, ['agent-basic', 'customer']);
});

test('words are found in paths, summaries and codes, all of them', () => {
  assert.ok(matches(read, 'CHAT unknown'));
  assert.ok(!matches(read, 'chat tickets'));
});

test('kinds read short', () => {
  assert.equal(kind({ type: 'string', format: 'uuid' }), 'string (uuid)');
  assert.equal(kind({ type: 'array', items: { $ref: '#/components/schemas/chat.New' } }), '[chat.New]');
  assert.equal(kind({ nullable: true, allOf: [{ $ref: '#/components/schemas/chat.New' }] }), 'chat.New');
  assert.equal(kind({ type: 'object', additionalProperties: { type: 'string' } }), '{string: string}');
});

test('the shape of a list is that of what is in it', () => {
  assert.ok(shape(document, { type: 'array', items: { $ref: '#/components/schemas/chat.New' } }).properties.text);
});

test('an example of a schema that contains itself ends', () => {
  const made = example(document, { $ref: '#/components/schemas/chat.New' });
  assert.equal(made.text, '…');
  assert.ok(JSON.stringify(made).length < 200);
});

test('an address takes values and leaves out what is empty', () => {
  assert.equal(address(read), '/chat/{session}');
  assert.equal(address(read, { session: 'a/b', after: '3' }), '/chat/a%2Fb?after=3');
});

test('commands can be pasted', () => {
  assert.equal(curl(document, read, { session: 'x' }), "curl \\\n  -u USER:PASSWORD \\\n  'https://help.example/api/chat/x'");
  const command = curl(document, post);
  assert.ok(command.includes("-H 'Authorization: Bearer TOKEN'"));
  assert.ok(command.includes('-X POST'));
  assert.ok(command.includes('Idempotency-Key: $(uuidgen)'));
  assert.ok(command.includes("-d '{"));
});
