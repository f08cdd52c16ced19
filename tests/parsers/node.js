// node.js - what node's own parser, llhttp, makes of the inputs of heads.c. A line of JSON for each:
// the requests in it, and what became of the rest.
'use strict';

const { HTTPParser, methods } = process.binding('http_parser');
const all = require('fs').readFileSync(0);

// the numbers that the parser gives to its callbacks
const ON = name => HTTPParser['kOn' + name] | 0;

function parse(input) {
  const parser = new HTTPParser();
  const requests = [];
  let headers = [], target = '', current;

  parser.initialize(HTTPParser.REQUEST, {}, 1 << 20, 0);
  parser[ON('Headers')] = (more, url) => {
    headers.push(...more);
    target += url;
  };
  parser[ON('HeadersComplete')] = (major, minor, more, method, url, status, message, upgrade, alive) => {
    current = {
      method: methods[method], version: [major, minor], target: target + (url || ''),
      headers: headers.concat(more || []), upgrade, alive, body: 0,
    };
    headers = [];
    target = '';
    return 0;
  };
  parser[ON('Body')] = bytes => { current.body += bytes.length; };
  parser[ON('MessageComplete')] = () => requests.push(current);
  const taken = parser.execute(input);
  return {
    requests,
    taken: typeof taken === 'number' ? taken : taken.bytesParsed,
    error: typeof taken === 'number' ? null : taken.code,
  };
}

const lines = [];
for (let at = 0; at < all.length;) {
  const length = parseInt(all.latin1Slice(at, at + 8), 16);
  at += 8;
  lines.push(JSON.stringify(parse(all.subarray(at, at + length))));
  at += length;
}
process.stdout.write(lines.join('\n') + '\n');
