// Just enough reading of C++ for the rules: code without comments and literals, and statements at namespace scope.

// The text with comments and the insides of literals blanked; lines stay where they are.
export function codeOf(text) {
  const blank = (match) => match.replace(/[^\n]/g, ' ');
  const token = /\/\/[^\n]*|\/\*[^]*?\*\/|R"([^(\s]*)\([^]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g;
  const cpp = text.replace(token, (match, _, offset) => {
    // 1'000'000 is a number, not a literal.
    if (match[0] === "'" && /[0-9a-fA-F]/.test(text[offset - 1] ?? '')) return match;
    if (match.startsWith('/')) return blank(match);
    return match.startsWith('R') ? `""${blank(match.slice(2))}` : `${match[0]}${blank(match.slice(1, -1))}${match[0]}`;
  });
  // What EM_JS holds is JavaScript.
  return cpp.replace(/(?<=\bEM_JS\()[^]*?(?=\n\}\))/g, blank);
}

// Statements outside every class and function; each with the line that it starts on. Blocks are left out, the
// initialiser of a variable shows as "{".
export function statementsAtNamespaceScope(code) {
  const found = [];
  let text = '';
  let line = 1;
  let started = 1;
  let depth = 0; // inside a block that is not a namespace
  let parens = 0;
  const namespaces = [];
  const flush = () => {
    const statement = text.trim().replace(/\s+/g, ' ');
    if (statement) found.push({ text: statement, line: started });
    text = '';
  };
  const plain = code.replace(/^\s*#(?:[^\n\\]|\\\n|\\.)*/gm, (directive) => directive.replace(/[^\n]/g, ' '));
  for (const c of plain) {
    if (c === '\n') line += 1;
    if (depth > 0) {
      if (c === '{') depth += 1;
      if (c === '}') depth -= 1;
      // A function's body ends its statement; a class or an initialiser goes on to its semicolon.
      if (depth === 0 && /\)[^=]*\{$/.test(text)) text = '';
      continue;
    }
    if (c === '(') parens += 1;
    if (c === ')') parens -= 1;
    if (c === '{' && parens > 0) {
      depth = 1;
    } else if (c === '{') {
      if (/\b(namespace|extern\s*"\s*")\s*[\w:\s]*$/.test(text)) {
        namespaces.push(line);
        text = '';
      } else {
        text += c;
        depth = 1;
      }
    } else if (c === '}') {
      namespaces.pop();
      text = '';
    } else if (c === ';' && parens === 0) {
      flush();
    } else {
      if (!text.trim() && c.trim()) {
        started = line;
        text = '';
      }
      text += c;
    }
  }
  return found;
}
